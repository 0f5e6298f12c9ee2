import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, inject, test } from 'vitest'
import { called, endOf, newImage, newImageName, openOn, untilImage } from '../images'

const bed = inject('bed')
const { host } = bed.registries.open

/** The digest that skopeo, which knows nothing of us, finds in the registry. */
async function digestInRegistry(reference: string): Promise<string> {
  const { stdout } = await promisify(execFile)('skopeo', [
    ...['inspect', '--tls-verify=false', '--format', '{{.Digest}}', `docker://${reference}`],
  ])
  return stdout.trim()
}

describe.each(bed.engines)('pushing from $kind', (engine) => {
  test('all tags of a repository go in one job, which ends with the digest of each as the registry has it', async () => {
    const { client, api, engineId } = await openOn(engine)
    const repository = `${host}/${newImageName()}`
    const reference = await newImage(engine, repository)
    const { id } = await untilImage(client, engineId, called(reference))
    const references = [reference, `${repository}:2`, `${repository}:latest`]
    for (const more of references.slice(1)) await api.images.tag({ engineId, id, reference: more })

    const { jobId } = await api.images.push({ engineId, references })
    const job = await endOf(client, jobId)

    expect(job).toMatchObject({ state: 'succeeded', problem: null })
    const digests = await Promise.all(references.map(digestInRegistry))
    expect(job.result).toEqual({
      kind: 'push',
      pushed: references.map((name, index) => ({ reference: name, digest: digests[index] })),
    })
    // The second and third tag find every layer there; what the first one moved stays told.
    expect(job.steps.filter(({ phase }) => phase === 'done').length).toBeGreaterThanOrEqual(3)
    expect(job.digest).toBe(digests[0])
  })

  test('the first name that the registry refuses fails the job, and what was pushed before is told', async () => {
    const { client, api, engineId } = await openOn(engine)
    const reference = await newImage(engine, `${host}/${newImageName()}`)
    const { id } = await untilImage(client, engineId, called(reference))
    const refused = `${bed.registries.authenticated.host}/${newImageName()}:1`
    await api.images.tag({ engineId, id, reference: refused })

    const { jobId } = await api.images.push({ engineId, references: [reference, refused] })
    const job = await endOf(client, jobId)

    expect(job).toMatchObject({ state: 'failed', problem: { code: 'unauthorized' } })
    expect(job.result).toMatchObject({ pushed: [{ reference }] })
  })
})

test('Docker has the registry mount layers that it pushed to another repository of it', async () => {
  const { client, api, engineId } = await openOn(bed.docker)
  const reference = await newImage(bed.docker, `${host}/${newImageName()}`)
  const { id } = await untilImage(client, engineId, called(reference))
  await endOf(client, (await api.images.push({ engineId, references: [reference] })).jobId)
  const elsewhere = `${host}/${newImageName()}:1`
  await api.images.tag({ engineId, id, reference: elsewhere })

  const { jobId } = await api.images.push({ engineId, references: [elsewhere] })
  const job = await endOf(client, jobId)

  expect(job.steps.map(({ phase }) => phase)).toEqual(['mounted', 'mounted', 'mounted'])
  expect(job.currentBytes).toBe(0)
})
