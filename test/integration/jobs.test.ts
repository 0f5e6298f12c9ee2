import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { engineCli } from '../bed'
import { itemsOf, openClient, type Client } from '../client'
import { newImage, newImageName } from '../images'

const bed = inject('bed')
const host = bed.registries.open.host

const endOf = async ({ api }: Client, jobId: string) => {
  const jobs = await itemsOf(api.jobs.watch(), (all) =>
    all.some(({ id, state }) => id === jobId && state !== 'running'),
  )
  const job = jobs.find(({ id }) => id === jobId)
  if (!job) throw new Error('The job is not on the list.')
  return job
}

describe.each(bed.engines)('jobs on $kind', (engine) => {
  const cli = engineCli(engine)

  test('are there again after a restart; a pull that failed is pulled when it is done again', async () => {
    const first = await openClient({ engine: engine.socket })
    const engineId = (await first.engine()).id
    const reference = await newImage(engine, `${host}/${newImageName()}`, 64 * 1024)
    onTestFinished(async () => {
      await cli(['rmi', '--force', reference]).catch(() => undefined)
    })
    // Not in the registry yet.
    const { jobId } = await first.api.images.pull({ engineId, reference })
    const failed = await endOf(first, jobId)
    expect(failed).toMatchObject({ state: 'failed', problem: { code: 'not-found' }, unseen: true })
    const push = await first.api.images.push({ engineId, references: [reference] })
    const pushed = await endOf(first, push.jobId)
    expect(pushed.state).toBe('succeeded')
    await cli(['rmi', reference])
    await first.close()
    expect((await stat(join(first.dataFolder, 'jobs.json'))).mode & 0o777).toBe(0o600)

    const second = await openClient({ engine: engine.socket, dataFolder: first.dataFolder })
    await second.engine()
    const kept = await itemsOf(second.api.jobs.watch(), (all) => all.length === 2)
    expect(kept).toEqual([failed, pushed])
    const again = await second.api.jobs.retry({ jobId })
    expect(await endOf(second, again.jobId)).toMatchObject({
      state: 'succeeded',
      request: failed.request,
    })
    await cli(['image', 'inspect', reference])

    await second.api.jobs.see({ jobIds: [jobId] })
    await second.api.jobs.dismiss({ jobId: push.jobId })
    await second.close()
    const text = await readFile(join(first.dataFolder, 'jobs.json'), 'utf8')
    expect(text).not.toContain(push.jobId)
    expect(text).not.toContain('unseen')
  })
})
