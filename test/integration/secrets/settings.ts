import { expect, onTestFinished } from 'vitest'
import type { Api } from '../../../preload/contract'
import type { Job } from '../../../preload/contract/jobs'
import type { EngineFacts } from '../../bed'
import { maker, newName } from '../../e2e/things'
import type { Fails } from './leaks'

/** What is planted in the settings of containers and images that are made of others. */
export const settingsSecrets = (planted: () => string) => ({
  committed: planted(),
  committedAnew: planted(),
  edited: planted(),
  editedWrongly: planted(),
})
type Secrets = ReturnType<typeof settingsSecrets>

interface Place {
  engineId: string
  busybox: string
  /** Resolves with a job that has ended. */
  ended: (jobId: string) => Promise<Job | undefined>
}

/** Commits, edits and makes anew, with secrets in what is changed by that; each rightly and wrongly. */
export async function useSettings(
  api: Api,
  engine: EngineFacts,
  { engineId, busybox, ended }: Place,
  secrets: Secrets,
  fails: Fails,
): Promise<void> {
  const { run, idOf, removeLater, cli } = maker(engine, busybox)
  const reference = `localhost/${newName('secrets')}:1`
  onTestFinished(async () => {
    await cli(['rmi', '--force', reference]).catch(() => undefined)
  })
  const containerId = await idOf(await run())
  const commit = async (value: string, name = reference) => {
    const { jobId } = await api.containers.commit({
      ...{ engineId, containerId, reference: name },
      ...{ message: '', author: '', pause: false, changes: [`ENV API_TOKEN=${value}`] },
    })
    return ended(jobId)
  }
  expect(await commit(secrets.committed)).toMatchObject({ state: 'succeeded' })

  const name = newName('secrets')
  for (const each of [name, `${name}-before-1`, `${name}-before-2`]) removeLater(each)
  const { id } = await api.containers.run({ engineId, image: reference, name })
  const { settings } = await api.containers.settings({ engineId, id })
  const withValue = (value: string) => ({
    ...settings,
    environment: [...settings.environment, { name: 'DB_PASSWORD', value }],
  })
  const wrong = { ...withValue(secrets.editedWrongly), command: ['/not/there'] as [string] }
  await fails(api.containers.edit({ engineId, id, settings: wrong }))
  const edited = await api.containers.edit({ engineId, id, settings: withValue(secrets.edited) })

  expect(await commit(secrets.committedAnew)).toMatchObject({ state: 'succeeded' })
  const plan = await api.containers.recreation({ engineId, id: edited.id })
  expect(JSON.stringify(plan)).toContain('API_TOKEN')
  expect(JSON.stringify(plan)).not.toContain(secrets.committed)
  expect(JSON.stringify(plan)).not.toContain(secrets.committedAnew)
  const made = await api.containers.recreate({ engineId, id: edited.id })
  const shown = await api.containers.settings({ engineId, id: made.id })
  expect(JSON.stringify(shown)).not.toContain(secrets.edited)
  await api.containers.undoRecreation({ engineId, id: made.id, keptId: made.keptId })
}
