import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { startFaultProxy } from '../bed'
import { called, endOf, newImage, newImageName, openOn, untilImage } from '../images'

const bed = inject('bed')

/** A name in a registry behind a proxy whose faults the test says. */
async function behindProxy() {
  const proxy = await startFaultProxy(bed.registries.open.host)
  onTestFinished(() => proxy.stop())
  return { proxy, repository: `${proxy.host}/${newImageName()}` }
}

describe.each(bed.engines)('a push from $kind', (engine) => {
  test('goes on after the connection broke off in the middle of a layer', async () => {
    const { proxy, repository } = await behindProxy()
    const { client, api, engineId } = await openOn(engine)
    const reference = await newImage(engine, repository)
    await untilImage(client, engineId, called(reference))
    const fault = proxy.fault({ kind: 'drop', of: 'request', method: 'PATCH', afterBytes: 300_000 })
    const { jobId } = await api.images.push({ engineId, references: [reference] })
    const job = await endOf(client, jobId)
    expect(fault.hits).toBe(1)
    expect(job).toMatchObject({ state: 'succeeded', problem: null })
    expect(job.digest).toMatch(/^sha256:/)
  })

  test('that the registry refuses for good in the middle fails, and is never "done"', async () => {
    const { proxy, repository } = await behindProxy()
    const { client, api, engineId } = await openOn(engine)
    const reference = await newImage(engine, repository)
    await untilImage(client, engineId, called(reference))
    proxy.fault({
      kind: 'answer',
      status: 403,
      method: 'PUT',
      path: /manifests/,
      body: JSON.stringify({ errors: [{ code: 'DENIED', message: 'requested access is denied' }] }),
      headers: { 'content-type': 'application/json' },
      times: Infinity,
    })
    const { jobId } = await api.images.push({ engineId, references: [reference] })
    const job = await endOf(client, jobId)
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'unauthorized' } })
    expect(job.problem?.engineMessage).toContain('denied')
  })
})
