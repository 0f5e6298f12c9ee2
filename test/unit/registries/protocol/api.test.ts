import { createHash } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RegistryAccess } from '../../../../main/registries/protocol/access'
import { createRegistryApi } from '../../../../main/registries/protocol/api'
import { isRetryable, retryAfterMillis } from '../../../../main/registries/protocol/failures'
import { serveHttp, serveUntrustedHttps, unusedHost, type TestServer } from '../servers'

const ann = { kind: 'password', username: 'ann', password: 'p:w' } as const
const annBasic = `Basic ${Buffer.from('ann:p:w').toString('base64')}`
const bytes = Buffer.from('{"hello":"sailor"}')
const digest = sha256(bytes)

function sha256(of: Uint8Array): string {
  return `sha256:${createHash('sha256').update(of).digest('hex')}`
}

function apiOf({ host }: { host: string }, more: Partial<RegistryAccess> = {}, millis?: number) {
  const api = createRegistryApi(
    { host, scheme: 'http', ca: null, skipVerify: false, credential: null, ...more },
    millis === undefined
      ? {}
      : { timeouts: { headersMillis: millis, bodyIdleMillis: millis, connectMillis: millis } },
  )
  onTestFinished(() => api.close())
  return api
}

function answer(response: ServerResponse, status: number, headers = {}, body: unknown = ''): void {
  response.writeHead(status, headers)
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
}

const always =
  (status: number, headers = {}, body: unknown = ''): RequestListener =>
  (_, response) =>
    answer(response, status, headers, body)

/** Lets nobody in but Ann, by Basic. */
const forAnn =
  (handler: RequestListener): RequestListener =>
  (request, response) => {
    if (request.headers.authorization === annBasic) handler(request, response)
    else answer(response, 401, { 'www-authenticate': 'Basic realm="test"' })
  }

const secretsSeenBy = ({ requests }: TestServer) =>
  requests.flatMap(({ authorization }) => authorization ?? [])

const failureOf = (outcome: Promise<unknown>) =>
  outcome.then(
    () => {
      throw new Error('it did not fail')
    },
    (error: unknown) => error,
  )

describe('the login', () => {
  it('does not follow a blob to storage on another host', async () => {
    const storage = await serveHttp(always(200, {}, bytes))
    const registry = await serveHttp(
      forAnn(always(307, { location: `http://${storage.host}/bucket/blob?signature=x` })),
    )
    const api = apiOf(registry, { credential: ann })
    const { stream } = await api.blob('team/app', digest)
    expect(bytes.equals(await buffer(stream))).toBe(true)
    expect(await api.blobJson('team/app', digest)).toEqual({ hello: 'sailor' })
    expect(storage.requests).toHaveLength(2)
    expect(secretsSeenBy(storage)).toEqual([])
    expect(secretsSeenBy(registry)).toEqual([annBasic, annBasic])
  })

  it('is not given to storage that asks for it', async () => {
    const storage = await serveHttp(forAnn(always(200, {}, bytes)))
    const registry = await serveHttp(
      forAnn(always(307, { location: `http://${storage.host}/blob` })),
    )
    const failure = await failureOf(apiOf(registry, { credential: ann }).blob('app', digest))
    expect(failure).toMatchObject({ code: 'unauthorized' })
    expect(secretsSeenBy(storage)).toEqual([])
  })

  it('stays at home when an upload goes on elsewhere', async () => {
    const storage = await serveHttp(always(202, { location: '/next', range: '0-17' }))
    const registry = await serveHttp(
      forAnn(always(202, { location: `http://${storage.host}/upload?state=a%2Bb` })),
    )
    const api = apiOf(registry, { credential: ann })
    const upload = await api.uploadChunk(await api.startUpload('app'), bytes)
    expect(upload).toMatchObject({ location: `http://${storage.host}/next`, offsetBytes: 18 })
    expect(storage.requests).toEqual([
      { target: 'PATCH /upload?state=a%2Bb', authorization: undefined, body: bytes.toString() },
    ])
  })

  it('is not posted to where a registry redirects an upload', async () => {
    const other = await serveHttp(always(202, { location: '/x' }))
    const registry = await serveHttp(forAnn(always(307, { location: `http://${other.host}/` })))
    const failure = await failureOf(apiOf(registry, { credential: ann }).startUpload('app'))
    expect(failure).toMatchObject({ message: expect.stringContaining(other.host) as string })
    expect(other.requests).toEqual([])
  })

  it('is not sent to a token server in the clear on another machine', async () => {
    const challenge = 'Bearer realm="http://tokens.example/token",service="s"'
    const registry = await serveHttp(always(401, { 'www-authenticate': challenge }))
    const failure = await failureOf(apiOf(registry, { credential: ann }).ping())
    expect(failure).toMatchObject({
      message: expect.stringContaining('http://tokens.example') as string,
    })
  })
})

describe('what was begun over HTTPS', () => {
  it('does not go on in plain HTTP', async () => {
    const storage = await serveHttp(always(200, {}, bytes))
    const registry = await serveUntrustedHttps(
      always(307, { location: `http://${storage.host}/blob` }),
    )
    const api = apiOf(registry, { scheme: 'https', skipVerify: true })
    const failure = await failureOf(api.blob('app', digest))
    expect(failure).toMatchObject({ message: expect.stringContaining(storage.host) as string })
    expect(storage.requests).toEqual([])
  })

  it('is verified elsewhere, though the registry itself need not be', async () => {
    const storage = await serveUntrustedHttps(always(200, {}, bytes))
    const elsewhere = storage.host.replace('127.0.0.1', 'localhost')
    const registry = await serveUntrustedHttps(always(307, { location: `https://${elsewhere}/` }))
    const api = apiOf(registry, { scheme: 'https', skipVerify: true })
    const failure = await failureOf(api.blob('app', digest))
    expect(failure).toMatchObject({ message: expect.stringContaining('not trusted') as string })
    expect(storage.requests).toEqual([])
  })

  it('goes on over HTTPS when a proxy makes the registry name itself by http', async () => {
    const registry = await serveUntrustedHttps((request, response) => {
      const location = `http://${request.headers.host ?? ''}/v2/app/blobs/uploads/1`
      answer(response, 202, { location })
    })
    const api = apiOf(registry, { scheme: 'https', skipVerify: true })
    const { location } = await api.startUpload('app')
    expect(location).toBe(`https://${registry.host}/v2/app/blobs/uploads/1`)
  })
})

describe('a page of names', () => {
  it('is followed on the same host only, whatever its link says', async () => {
    const other = await serveHttp(always(200, {}, { repositories: ['evil'] }))
    const registry = await serveHttp((request, response) => {
      const isFirst = request.url === '/v2/_catalog?n=2'
      const link = `<http://${other.host}/v2/other?last=b&n=2>; rel="next"`
      answer(response, 200, isFirst ? { link } : {}, { repositories: isFirst ? ['a', 'b'] : null })
    })
    const api = apiOf(registry)
    const first = await api.catalog({ pageSize: 2 })
    expect(first).toEqual({ names: ['a', 'b'], next: 'last=b&n=2' })
    expect(await api.catalog({ after: first.next })).toEqual({ names: [], next: null })
    expect(registry.requests.map(({ target }) => target)).toEqual([
      'GET /v2/_catalog?n=2',
      'GET /v2/_catalog?last=b&n=2',
    ])
    expect(other.requests).toEqual([])
  })

  it.each(['no JSON', [], { repositories: 'a' }, { repositories: [1] }])(
    'must be one: not %j',
    async (body) => {
      const failure = await failureOf(apiOf(await serveHttp(always(200, {}, body))).catalog())
      expect(failure).toMatchObject({ code: 'engine-error' })
    },
  )
})

describe('a token', () => {
  /** A registry that knows only the newest token, and its token server. */
  async function withTokens(given: (count: number) => object) {
    let count = 0
    const tokens = await serveHttp((_, response) => {
      count++
      answer(response, 200, {}, { token: `t${count}`, ...given(count) })
    })
    const registry = await serveHttp((request, response) => {
      if (count > 0 && request.headers.authorization === `Bearer t${count}`) {
        answer(response, 202, { location: '/v2/app/blobs/uploads/1' })
      } else {
        const challenge = `Bearer realm="http://${tokens.host}/",scope="repository:app:pull"`
        answer(response, 401, { 'www-authenticate': challenge })
      }
    })
    return { tokens, registry, expire: () => count++ }
  }

  it('is used again while it lasts', async () => {
    const { tokens, registry } = await withTokens(() => ({ expires_in: 300 }))
    const api = apiOf(registry, { credential: ann })
    await api.startUpload('app')
    await api.startUpload('app')
    expect(tokens.requests.map(({ target }) => target)).toEqual([
      'GET /?client_id=longshore&scope=repository%3Aapp%3Apull%2Cpush&account=ann',
    ])
  })

  it('lasts for a minute when its server does not say, and is not used when about to end', async () => {
    const { tokens, registry } = await withTokens((count) => (count === 1 ? { expires_in: 2 } : {}))
    const api = apiOf(registry)
    await api.startUpload('app')
    await api.startUpload('app')
    await api.startUpload('app')
    expect(tokens.requests).toHaveLength(2)
    // The registry saw no token that it would have refused.
    expect(registry.requests).toHaveLength(4)
  })

  it('is renewed when the registry takes it no more, and bytes are sent again', async () => {
    const { tokens, registry, expire } = await withTokens(() => ({ expires_in: 300 }))
    const api = apiOf(registry)
    const upload = await api.startUpload('app')
    expire()
    expect(await api.uploadChunk(upload, bytes)).toMatchObject({ offsetBytes: bytes.length })
    expect(tokens.requests).toHaveLength(2)
  })

  it('that runs out under a stream makes a failure after which the upload can go on', async () => {
    const { registry, expire } = await withTokens(() => ({ expires_in: 300 }))
    const api = apiOf(registry)
    const upload = await api.startUpload('app')
    expire()
    const chunk = () => ({ stream: [bytes].values(), sizeBytes: bytes.length })
    const asStream = () => ({ ...chunk(), stream: toAsync(chunk().stream) })
    const failure = await failureOf(api.uploadChunk(upload, asStream()))
    expect(isRetryable(failure)).toBe(true)
    expect(await api.uploadChunk(upload, asStream())).toMatchObject({ offsetBytes: bytes.length })
  })

  it('is asked for no second time when a fresh one is refused', async () => {
    const tokens = await serveHttp(always(200, {}, { token: 'useless' }))
    const challenge = `Bearer realm="http://${tokens.host}/",error="insufficient_scope"`
    const registry = await serveHttp(always(401, { 'www-authenticate': challenge }))
    const failure = await failureOf(apiOf(registry, { credential: ann }).startUpload('app'))
    expect(failure).toMatchObject({
      code: 'unauthorized',
      message: `${registry.host} does not take your login for app.`,
    })
    expect(isRetryable(failure)).toBe(false)
    expect(tokens.requests).toHaveLength(1)
  })
})

async function* toAsync<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* await Promise.resolve(items)
}

describe('a failure', () => {
  const said = { errors: [{ code: 'X', message: 'so it is', detail: 'because' }] }

  it.each([
    [401, 'unauthorized', 'wants a login for team/app:1.0'],
    [403, 'unauthorized', 'refuses access to team/app:1.0'],
    [404, 'not-found', 'has no team/app:1.0'],
    [405, 'conflict', 'does not allow this for team/app:1.0'],
    [400, 'invalid-input', 'did not accept the request for team/app:1.0'],
    [429, 'engine-error', 'received too many requests'],
    [500, 'engine-error', 'could not answer (HTTP 500)'],
    [503, 'engine-error', 'could not answer (HTTP 503)'],
  ])('of HTTP %i is told in words', async (status, code, words) => {
    const registry = await serveHttp(always(status, {}, said))
    expect(await failureOf(apiOf(registry).manifest('team/app', '1.0'))).toMatchObject({
      code,
      message: expect.stringContaining(`${registry.host} ${words}`) as string,
      engineMessage: 'so it is: because',
    })
    expect(registry.requests).toHaveLength(1)
  })

  it('of too many requests says how long to wait', async () => {
    const registry = await serveHttp(always(429, { 'retry-after': '30' }))
    const failure = await failureOf(apiOf(registry).tags('app'))
    expect(failure).toMatchObject({ hint: 'Wait 30 seconds, then try again.' })
    expect(isRetryable(failure)).toBe(true)
    expect(retryAfterMillis(failure)).toBe(30_000)
  })

  it('of the token server is told as one of the registry, and may pass as well', async () => {
    const tokens = await serveHttp(always(503, { 'retry-after': '5' }, { details: 'asleep' }))
    const challenge = `Bearer realm="http://${tokens.host}/"`
    const registry = await serveHttp(always(401, { 'www-authenticate': challenge }))
    const failure = await failureOf(apiOf(registry).ping())
    expect(failure).toMatchObject({ engineMessage: 'asleep' })
    expect(retryAfterMillis(failure)).toBe(5_000)
  })

  it('of what is no registry says so', async () => {
    const site = await serveHttp(always(200, { 'content-type': 'text/html' }, '<h1>Welcome</h1>'))
    expect(await failureOf(apiOf(site).ping())).toMatchObject({
      message: expect.stringContaining('is no container registry') as string,
    })
    await apiOf(await serveHttp(always(200, { 'content-type': 'application/json' }, {}))).ping()
  })

  it('of a registry that is not there says so', async () => {
    const host = await unusedHost()
    const failure = await failureOf(apiOf({ host }).ping())
    expect(failure).toMatchObject({
      code: 'engine-error',
      message: `No registry answers at ${host} (ECONNREFUSED).`,
    })
  })

  it('of silence is a time-out, before an answer and in the middle of it', async () => {
    const silent = await serveHttp(() => undefined)
    const stalled = await serveHttp((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
    })
    for (const registry of [silent, stalled]) {
      const failure = await failureOf(apiOf(registry, {}, 200).blobJson('app', digest))
      expect(failure).toMatchObject({ code: 'timeout' })
      expect(isRetryable(failure)).toBe(true)
    }
  })

  it('never names a password', async () => {
    const registry = await serveHttp(always(401, { 'www-authenticate': 'Basic' }))
    const credential = { ...ann, password: 'hunter2' }
    const failure = await failureOf(apiOf(registry, { credential }).ping())
    expect(failure).toMatchObject({ code: 'unauthorized' })
    expect(JSON.stringify(failure)).not.toContain('hunter2')
  })
})

describe('bytes', () => {
  const other = sha256(Buffer.from('other'))

  it('of a manifest must be what was asked for, and what the registry calls them', async () => {
    const plain = apiOf(await serveHttp(always(200, {}, bytes)))
    expect(await plain.manifest('app', digest)).toMatchObject({ digest })
    const named = apiOf(await serveHttp(always(200, { 'docker-content-digest': other }, bytes)))
    for (const outcome of [
      plain.manifest('app', other),
      named.manifest('app', '1.0'),
      named.manifest('app', digest),
    ]) {
      expect(await failureOf(outcome)).toMatchObject({
        message: expect.stringContaining('gave other bytes than asked for') as string,
      })
    }
  })

  it('of a blob must be what was asked for', async () => {
    const api = apiOf(await serveHttp(always(200, {}, bytes)))
    const { stream } = await api.blob('app', other)
    for (const outcome of [buffer(stream), api.blobJson('app', other)]) {
      expect(await failureOf(outcome)).toMatchObject({
        message: expect.stringContaining('gave other bytes than asked for') as string,
      })
    }
  })

  it('that end too early are a failure that may pass', async () => {
    const registry = await serveHttp((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
      response.socket?.end()
    })
    const { stream } = await apiOf(registry).blob('app', digest)
    expect(isRetryable(await failureOf(buffer(stream)))).toBe(true)
  })

  it('are skipped where the registry sends a whole blob instead of its rest', async () => {
    const length = { 'content-length': String(bytes.length) }
    const api = apiOf(await serveHttp(always(200, length, bytes)))
    const { stream, sizeBytes } = await api.blob('app', digest, { offsetBytes: 5 })
    expect((await buffer(stream)).toString()).toBe(bytes.toString().slice(5))
    expect(sizeBytes).toBe(bytes.length)
  })

  it('of another part than asked for are refused', async () => {
    const range = { 'content-range': 'bytes 4-17/18' }
    const api = apiOf(await serveHttp(always(206, range, bytes.subarray(4))))
    expect(await failureOf(api.blob('app', digest, { offsetBytes: 5 }))).toMatchObject({
      message: expect.stringContaining('another part of a blob') as string,
    })
  })

  it.each([
    ['manifest', 4],
    ['config', 8],
  ])('of a %s are at most %i MiB', async (what, mebibytes) => {
    const large = Buffer.alloc(mebibytes * 1024 * 1024 + 1, ' ')
    const api = apiOf(await serveHttp(always(200, {}, large)))
    const outcome =
      what === 'manifest' ? api.manifest('app', '1') : api.blobJson('app', sha256(large))
    expect(await failureOf(outcome)).toMatchObject({
      message: expect.stringContaining(`more than the ${mebibytes} MiB`) as string,
    })
  })
})

describe('a call', () => {
  it('ends with the reason of its signal', async () => {
    const controller = new AbortController()
    const reason = new Error('cancelled')
    const registry = await serveHttp(() => controller.abort(reason))
    const { signal } = controller
    await expect(apiOf(registry).tags('app', { signal })).rejects.toBe(reason)
  })

  it('ends with the reason of its signal while a blob is read', async () => {
    const controller = new AbortController()
    const reason = new Error('cancelled')
    const registry = await serveHttp((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
    })
    const { stream } = await apiOf(registry).blob('app', digest, { signal: controller.signal })
    stream.once('data', () => controller.abort(reason))
    await expect(buffer(stream)).rejects.toBe(reason)
  })

  it('gives its connection free when its blob is read no further', async () => {
    const connection = new EventEmitter()
    const closed = once(connection, 'closed')
    const registry = await serveHttp((request, response) => {
      request.socket.once('close', () => connection.emit('closed'))
      response.writeHead(200, { 'content-length': '100' }).write('{')
    })
    const { stream } = await apiOf(registry).blob('app', digest)
    stream.destroy()
    await closed
  })

  it('ends when the connection is closed', async () => {
    const registry = await serveHttp(() => void api.close())
    const api = apiOf(registry)
    await expect(api.ping()).rejects.toMatchObject({ name: 'AbortError' })
    await expect(api.ping()).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('asks nothing under a name that is none', async () => {
    const registry = await serveHttp(always(200))
    const api = apiOf(registry)
    for (const outcome of [
      api.tags('../_catalog'),
      api.manifest('app', '../../x'),
      api.blob('app', 'latest'),
      api.mountBlob('app', digest, 'a?b'),
      api.deleteManifest('app', 'latest'),
    ]) {
      expect(await failureOf(outcome)).toMatchObject({ code: 'invalid-input' })
    }
    expect(registry.requests).toEqual([])
  })
})

describe('Docker Hub and others', () => {
  it('that tell no digest with a head are asked for the manifest', async () => {
    const type = { 'content-type': 'application/vnd.oci.image.index.v1+json; charset=utf-8' }
    const registry = await serveHttp(always(200, type, bytes))
    expect(await apiOf(registry).headManifest('app', '1.0')).toEqual({
      digest,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      sizeBytes: bytes.length,
    })
    expect(registry.requests.map(({ target }) => target)).toEqual([
      'HEAD /v2/app/manifests/1.0',
      'GET /v2/app/manifests/1.0',
    ])
  })

  it('that know the referrers API are asked by it, page by page', async () => {
    const descriptor = (name: string) => ({ mediaType: 'm', digest: name, size: 1 })
    const registry = await serveHttp((request, response) => {
      const isFirst = request.url === `/v2/app/referrers/${digest}`
      const link = { link: `</v2/x?page=2>; rel="next"` }
      const manifests = [descriptor(isFirst ? 'a' : 'b')]
      answer(response, 200, isFirst ? link : {}, { manifests })
    })
    expect(await apiOf(registry).referrers('app', digest)).toEqual([
      descriptor('a'),
      descriptor('b'),
    ])
  })

  it('that refuse to mount are given an upload instead', async () => {
    const registry = await serveHttp((request, response) => {
      if (request.url?.includes('mount=')) answer(response, 403)
      else answer(response, 202, { location: '/u', 'oci-chunk-min-length': '1000' })
    })
    expect(await apiOf(registry).mountBlob('app', digest, 'from/there')).toEqual({
      mounted: false,
      upload: {
        repository: 'app',
        location: `http://${registry.host}/u`,
        offsetBytes: 0,
        minChunkBytes: 1000,
      },
    })
  })
})
