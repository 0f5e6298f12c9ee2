import { createHash } from 'node:crypto'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { startFaultProxy } from '../bed'
import { itemsOf } from '../client'
import { endOf, newImageName, openOn } from '../images'
import { putImage, putLayer } from '../registryContent'

const bed = inject('bed')
const { host } = bed.registries.open

/** A copy from one proxy to another, of an image with one layer of that size. */
async function aCopy(layerBytes = 3_000_000) {
  const [source, target] = await Promise.all([startFaultProxy(host), startFaultProxy(host)])
  onTestFinished(async () => {
    await Promise.all([source.stop(), target.stop()])
  })
  const repository = newImageName()
  const layer = await putLayer(host, repository, layerBytes)
  const { digest } = await putImage(host, repository, { layers: [layer], tag: '1' })
  const { client, api } = await openOn(bed.docker)
  const to = `${newImageName()}-copy`
  return {
    source,
    target,
    layer,
    digest,
    api,
    start: () =>
      api.copies.start({ from: `${source.host}/${repository}:1`, to: `${target.host}/${to}:2` }),
    end: (jobId: string) => endOf(client, jobId),
    async tagged(): Promise<string | null> {
      const answer = await fetch(`http://${host}/v2/${to}/manifests/2`, {
        method: 'HEAD',
        headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
      })
      return answer.headers.get('docker-content-digest')
    },
  }
}

describe('a copy goes on', () => {
  test('where the source dropped the connection, without asking again for what it had', async () => {
    const copy = await aCopy()
    const path = new RegExp(copy.layer.digest)
    const fault = copy.source.fault({ kind: 'drop', of: 'answer', path, afterBytes: 1_000_000 })
    const job = await copy.end((await copy.start()).jobId)
    expect(job).toMatchObject({ state: 'succeeded', digest: copy.digest })
    expect(await copy.tagged()).toBe(copy.digest)
    expect(fault.hits).toBe(1)
    expect(job.log.join()).toContain('Trying again')
    const { answerBytes } = copy.source.bytesOf(path)
    expect(answerBytes).toBeLessThan(copy.layer.size * 1.1)
  })

  test('where the target dropped the connection in the middle of a layer', async () => {
    const copy = await aCopy()
    const fault = copy.target.fault({
      kind: 'drop',
      of: 'request',
      method: 'PATCH',
      afterBytes: 1_500_000,
      times: 2,
    })
    const job = await copy.end((await copy.start()).jobId)
    expect(job).toMatchObject({ state: 'succeeded', digest: copy.digest })
    expect(await copy.tagged()).toBe(copy.digest)
    expect(fault.hits).toBe(2)
  })

  test.each([429, 500, 503])('after an answer %i that passes', async (status) => {
    const copy = await aCopy(10_000)
    const faults = [
      copy.source.fault({ kind: 'answer', status, headers: { 'retry-after': '1' } }),
      copy.target.fault({ kind: 'answer', status, method: 'PUT' }),
    ]
    const job = await copy.end((await copy.start()).jobId)
    expect(job).toMatchObject({ state: 'succeeded', digest: copy.digest })
    expect(faults.map(({ hits }) => hits)).toEqual([1, 1])
  })

  test('after an answer that was cut off', async () => {
    const copy = await aCopy()
    const path = new RegExp(copy.layer.digest)
    const fault = copy.source.fault({ kind: 'truncate', path, method: 'GET', afterBytes: 500_000 })
    const job = await copy.end((await copy.start()).jobId)
    expect(fault.hits).toBe(1)
    expect(job).toMatchObject({ state: 'succeeded', digest: copy.digest })
    expect(await copy.tagged()).toBe(copy.digest)
  })
})

describe('a copy fails in words, and nothing is named', () => {
  test('when the source gives other bytes than it promised', async () => {
    const copy = await aCopy(1_000)
    copy.source.fault({
      kind: 'answer',
      status: 200,
      path: new RegExp(copy.layer.digest),
      method: 'GET',
      body: 'x'.repeat(copy.layer.size),
      times: Infinity,
    })
    const job = await copy.end((await copy.start()).jobId)
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'engine-error' } })
    expect(await copy.tagged()).toBeNull()
    const wrong = createHash('sha256').update('x'.repeat(copy.layer.size)).digest('hex')
    const kept = await fetch(`http://${host}/v2/${newImageName()}/blobs/sha256:${wrong}`)
    expect(kept.status).toBe(404)
  })

  test('when the registry asks to wait for longer than a person would', async () => {
    const copy = await aCopy(1_000)
    copy.target.fault({
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '600' },
      times: Infinity,
    })
    const job = await copy.end((await copy.start()).jobId)
    expect(job.problem?.message).toContain('too many requests')
    expect(job.problem?.hint).toContain('600 seconds')
    expect(await copy.tagged()).toBeNull()
  })

  test('when it is cancelled on its way', async () => {
    const copy = await aCopy()
    copy.source.fault({
      kind: 'slow',
      of: 'answer',
      path: new RegExp(copy.layer.digest),
      bytesPerSecond: 10_000,
    })
    const { jobId } = await copy.start()
    await itemsOf(copy.api.jobs.watch(), (jobs) =>
      jobs.some(({ id, steps }) => id === jobId && steps.some(({ phase }) => phase === 'pushing')),
    )
    await copy.api.jobs.cancel({ jobId })
    expect(await copy.end(jobId)).toMatchObject({ state: 'cancelled', problem: null })
    expect(await copy.tagged()).toBeNull()
  })
})
