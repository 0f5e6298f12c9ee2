import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { engineCli, makeLayeredImage, startFaultProxy, waitFor } from '../bed'
import { putBlob } from '../registryContent'

const bed = inject('bed')
const { host: upstream } = bed.registries.open
const REPOSITORY = 'bed/faulty'
const BLOB_BYTES = 200_000
const blob = randomBytes(BLOB_BYTES)
const blobs = /\/blobs\/sha256:/

async function startProxy() {
  const proxy = await startFaultProxy(upstream)
  onTestFinished(() => proxy.stop())
  return proxy
}

/** A proxy, and the address there of a blob that the registry has. */
async function proxyWithBlob() {
  const proxy = await startProxy()
  const { digest } = await putBlob(upstream, REPOSITORY, blob, 'application/octet-stream')
  return { proxy, url: `http://${proxy.host}/v2/${REPOSITORY}/blobs/${digest}` }
}

const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer())

describe('without faults', () => {
  test('what is pushed and pulled comes through whole, and its bytes are counted', async () => {
    const { proxy, url } = await proxyWithBlob()
    await putBlob(proxy.host, REPOSITORY, randomBytes(5000), 'application/octet-stream')
    expect(await bytesAt(url)).toEqual(blob)
    expect(proxy.bytesOf(/\/blobs\/uploads\//).requestBytes).toBe(5000)
    expect(proxy.bytesOf(blobs)).toEqual({ requestBytes: 0, answerBytes: BLOB_BYTES })
    expect(proxy.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'POST 202',
      'PUT 201',
      'GET 200',
    ])
  })

  test('an absolute location leads back to the proxy', async () => {
    const proxy = await startProxy()
    const uploads = (host: string) => `http://${host}/v2/${REPOSITORY}/blobs/uploads/`
    const straight = await fetch(uploads(upstream), { method: 'POST' })
    expect(straight.headers.get('location')).toContain(uploads(upstream))
    const answer = await fetch(uploads(proxy.host), { method: 'POST' })
    expect(answer.headers.get('location')).toContain(uploads(proxy.host))
  })

  test.each(bed.engines)('$kind pushes and pulls through it', async (engine) => {
    const proxy = await startProxy()
    const cli = engineCli(engine)
    const reference = `${proxy.host}/bed/through-${engine.kind}:1`
    await makeLayeredImage(engine, reference, 2, 300_000)
    await cli(['push', reference])
    expect(proxy.bytesOf(/\/blobs\/uploads\//).requestBytes).toBeGreaterThan(600_000)
    await cli(['rmi', reference])
    await cli(['pull', reference])
    expect(proxy.bytesOf(blobs).answerBytes).toBeGreaterThan(600_000)
  })
})

describe('a fault', () => {
  test('drops the connection after so many bytes of an answer', async () => {
    const { proxy, url } = await proxyWithBlob()
    proxy.fault({ kind: 'drop', of: 'answer', afterBytes: 70_000, path: blobs })
    const { headers, bytes, isWhole } = await received(url)
    expect(headers['content-length']).toBe(String(BLOB_BYTES))
    expect(bytes).toEqual(blob.subarray(0, 70_000))
    expect(isWhole).toBe(false)
    expect(proxy.bytesOf(blobs).answerBytes).toBe(70_000)
    expect(await bytesAt(url)).toEqual(blob)
  })

  test('waits for a body that is long enough to be dropped', async () => {
    const { proxy, url } = await proxyWithBlob()
    const small = await putBlob(upstream, REPOSITORY, randomBytes(10), 'application/octet-stream')
    const fault = proxy.fault({ kind: 'drop', of: 'answer', afterBytes: 1000, path: blobs })
    await bytesAt(`http://${proxy.host}/v2/${REPOSITORY}/blobs/${small.digest}`)
    expect(fault.hits).toBe(0)
    await expect(bytesAt(url)).rejects.toThrow()
    expect(fault.hits).toBe(1)
  })

  test('drops the connection after so many bytes of a request', async () => {
    const proxy = await startProxy()
    proxy.fault({ kind: 'drop', of: 'request', afterBytes: 30_000, method: 'PUT' })
    const put = () =>
      putBlob(proxy.host, REPOSITORY, randomBytes(BLOB_BYTES), 'application/octet-stream')
    await expect(put()).rejects.toThrow('fetch failed')
    expect(proxy.requests.at(-1)).toMatchObject({ status: null, requestBytes: 30_000 })
    await put()
  })

  test('drops a request before the registry hears of it, or only its answer', async () => {
    const proxy = await startProxy()
    const isThereAfter = async (of: 'request' | 'answer') => {
      const bytes = randomBytes(100)
      proxy.fault({ kind: 'drop', of, afterBytes: 0, method: 'PUT' })
      const put = putBlob(proxy.host, REPOSITORY, bytes, 'application/octet-stream')
      await expect(put).rejects.toThrow('fetch failed')
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
      return (await fetch(`http://${upstream}/v2/${REPOSITORY}/blobs/${digest}`)).ok
    }
    expect(await isThereAfter('request')).toBe(false)
    expect(await isThereAfter('answer')).toBe(true)
  })

  test('answers in place of the registry, as often as it says', async () => {
    const { proxy, url } = await proxyWithBlob()
    const headers = { 'retry-after': '7' }
    const fault = proxy.fault({ kind: 'answer', status: 429, headers, method: 'GET', times: 2 })
    proxy.fault({ kind: 'answer', status: 503, body: 'no room', method: 'GET' })
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    const first = await fetch(url)
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7'])
    expect((await fetch(url)).status).toBe(429)
    expect(fault.hits).toBe(2)
    const third = await fetch(url)
    expect([third.status, await third.text()]).toEqual([503, 'no room'])
    expect(await bytesAt(url)).toEqual(blob)
  })

  test('answers an upload whose body it has not passed on', async () => {
    const proxy = await startProxy()
    const fault = proxy.fault({ kind: 'answer', status: 500, method: 'PUT', times: Infinity })
    const put = () =>
      putBlob(proxy.host, REPOSITORY, randomBytes(2_000_000), 'application/octet-stream')
    await expect(put()).rejects.toThrow('HTTP 500')
    await expect(put()).rejects.toThrow('HTTP 500')
    expect(proxy.bytesOf(/uploads/).requestBytes).toBe(0)
    fault.remove()
    await put()
  })

  test.each(['request', 'answer'] as const)('slows the body of the %s', async (of) => {
    const { proxy, url } = await proxyWithBlob()
    proxy.fault({ kind: 'slow', of, bytesPerSecond: 400_000, path: /\/blobs\/.*sha256/ })
    const startedMillis = performance.now()
    if (of === 'answer') expect(await bytesAt(url)).toEqual(blob)
    else await putBlob(proxy.host, REPOSITORY, blob, 'application/octet-stream')
    expect(performance.now() - startedMillis).toBeGreaterThan(450)
  })

  test('truncates a body so that nothing but its digest tells', async () => {
    const { proxy, url } = await proxyWithBlob()
    proxy.fault({ kind: 'truncate', afterBytes: 50_000, path: blobs })
    const { headers, bytes, isWhole } = await received(url)
    expect(headers['content-length']).toBe('50000')
    expect(bytes).toEqual(blob.subarray(0, 50_000))
    expect(isWhole).toBe(true)
  })

  test('leaves a request without an answer until the client or the proxy ends it', async () => {
    const { proxy, url } = await proxyWithBlob()
    const fault = proxy.fault({ kind: 'silence', times: 2 })
    const impatient = new AbortController()
    const aborted = fetch(url, { signal: impatient.signal })
    await waitFor('the request', () => fault.hits === 1)
    impatient.abort()
    await expect(aborted).rejects.toThrow('aborted')
    const patient = fetch(url)
    await waitFor('the second request', () => fault.hits === 2)
    const rejected = expect(patient).rejects.toThrow('fetch failed')
    await proxy.stop()
    await rejected
    expect(proxy.requests.map(({ status }) => status)).toEqual([null, null])
  })

  test('befalls the layers of a pull, and the engine tells', async () => {
    const proxy = await startProxy()
    const cli = engineCli(bed.podman)
    const reference = `${proxy.host}/bed/truncated:1`
    await makeLayeredImage(bed.podman, reference, 1, 300_000)
    await cli(['push', reference])
    await cli(['rmi', reference])
    proxy.fault({ kind: 'truncate', afterBytes: 100_000, path: blobs, times: Infinity })
    await expect(cli(['pull', reference])).rejects.toThrow(/unexpected EOF|digest|did not match/i)
  })
})

/** Reads as far as it goes: what came is kept also when the connection breaks. */
function received(
  url: string,
): Promise<{ headers: Record<string, unknown>; bytes: Buffer; isWhole: boolean }> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      // Says whether it is whole by `complete`, below.
      answer.on('error', () => undefined)
      answer.on('close', () =>
        resolve({
          headers: answer.headers,
          bytes: Buffer.concat(chunks),
          isWhole: answer.complete,
        }),
      )
    })
      .on('error', reject)
      .end()
  })
}
