import type { RequestListener, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { checkLogin, type LoginCheck } from '../../../main/registries/registryClient'
import { serveHttp, serveUntrustedHttps, unusedHost, type TestServer } from './servers'

const ann = { kind: 'password', username: 'ann', password: 'p:w' } as const
const annBasic = `Basic ${Buffer.from('ann:p:w').toString('base64')}`

const check = ({ host }: { host: string }, more: Partial<LoginCheck> = {}) =>
  checkLogin({ host, credential: ann, timeoutMillis: 10_000, ...more })

function answer(response: ServerResponse, status: number, headers = {}, body: unknown = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const always =
  (status: number, headers = {}, body: unknown = {}): RequestListener =>
  (_, response) => {
    answer(response, status, headers, body)
  }

const basicRegistry: RequestListener = (request, response) => {
  if (request.headers.authorization === annBasic) answer(response, 200)
  else answer(response, 401, { 'www-authenticate': 'Basic realm="test"' })
}

/** A registry whose tokens come from somewhere else. */
function bearerRegistry(realm: () => string, token = 'good'): RequestListener {
  return (request, response) => {
    if (request.headers.authorization === `Bearer ${token}`) answer(response, 200)
    else {
      const challenge = `Bearer realm="${realm()}",service="the registry",scope="a:b:pull"`
      answer(response, 401, { 'www-authenticate': challenge })
    }
  }
}

/** A registry and a token server beside it on this machine. */
async function withTokens(
  tokens: RequestListener,
): Promise<{ registry: TestServer; tokenServer: TestServer }> {
  const tokenServer = await serveHttp(tokens)
  const registry = await serveHttp(bearerRegistry(() => `http://${tokenServer.host}/token?v=1`))
  return { registry, tokenServer }
}

const secretsSeenBy = ({ requests }: TestServer) =>
  requests.flatMap(({ authorization }) => authorization ?? [])

describe('a login by Basic', () => {
  it('is good when the registry takes it', async () => {
    const registry = await serveHttp(basicRegistry)
    expect(await check(registry)).toEqual({ ok: true, authentication: 'basic' })
    expect(registry.requests).toEqual([
      { target: 'GET /v2/', authorization: undefined, body: '' },
      { target: 'GET /v2/', authorization: annBasic, body: '' },
    ])
  })

  it('is refused in words when the password is wrong', async () => {
    const registry = await serveHttp(basicRegistry)
    const wrong = { ...ann, password: 'wrong' }
    expect(await check(registry, { credential: wrong })).toEqual({
      ok: false,
      reason: 'unauthorized',
      code: 'unauthorized',
      message: `${registry.host} refused this user name and password.`,
      hint: expect.stringContaining('access token') as string,
    })
  })

  it('cannot be made with an identity token', async () => {
    const registry = await serveHttp(basicRegistry)
    const credential = { kind: 'identity-token', token: 't' } as const
    expect(await check(registry, { credential })).toMatchObject({ reason: 'unauthorized' })
    expect(secretsSeenBy(registry)).toEqual([])
  })
})

describe('a login by Bearer', () => {
  it.each(['token', 'access_token'])(
    'is good with what the token server gives: %s',
    async (name) => {
      const { registry, tokenServer } = await withTokens(always(200, {}, { [name]: 'good' }))
      expect(await check(registry)).toEqual({ ok: true, authentication: 'bearer' })
      expect(tokenServer.requests).toEqual([
        {
          target:
            'GET /token?v=1&client_id=longshore&service=the+registry&scope=a%3Ab%3Apull&account=ann',
          authorization: annBasic,
          body: '',
        },
      ])
      expect(secretsSeenBy(registry)).toEqual(['Bearer good'])
    },
  )

  it.each([400, 401, 403])('is refused when the token server answers %i', async (status) => {
    const { registry } = await withTokens(always(status))
    expect(await check(registry)).toMatchObject({ reason: 'unauthorized' })
  })

  it('is refused when the registry does not take the token', async () => {
    const { registry } = await withTokens(always(200, {}, { token: 'for anonymous' }))
    expect(await check(registry)).toMatchObject({ reason: 'unauthorized' })
  })

  it.each([{}, { token: '' }, { token: 7 }, [], 'no JSON'])(
    'fails when the token server gives no token: %j',
    async (body) => {
      const { registry } = await withTokens(always(200, {}, body))
      expect(await check(registry)).toMatchObject({ reason: 'registry-error' })
    },
  )

  it('exchanges an identity token in the body of a POST', async () => {
    const { registry, tokenServer } = await withTokens(always(200, {}, { access_token: 'good' }))
    const credential = { kind: 'identity-token', token: 'ref&resh' } as const
    expect(await check(registry, { credential })).toMatchObject({ ok: true })
    const [request] = tokenServer.requests
    expect(request?.target).toBe('POST /token?v=1')
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      client_id: 'longshore',
      service: 'the registry',
      scope: 'a:b:pull',
      grant_type: 'refresh_token',
      refresh_token: 'ref&resh',
    })
  })

  it('prefers Bearer where Basic is offered too', async () => {
    const tokenServer = await serveHttp(always(200, {}, { token: 'good' }))
    const registry = await serveHttp((request, response) => {
      if (request.headers.authorization === 'Bearer good') answer(response, 200)
      else {
        const challenge = `Basic realm="x", Bearer realm="http://${tokenServer.host}/t"`
        answer(response, 401, { 'www-authenticate': challenge })
      }
    })
    expect(await check(registry)).toEqual({ ok: true, authentication: 'bearer' })
  })
})

describe('the password', () => {
  it('is not sent in the clear to a realm on another machine', async () => {
    const registry = await serveHttp(bearerRegistry(() => 'http://tokens.example/token'))
    expect(await check(registry)).toMatchObject({
      reason: 'insecure-realm',
      message: expect.stringContaining('http://tokens.example') as string,
    })
  })

  it.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'javascript:1'])(
    'is not sent to a realm such as %s',
    async (realm) => {
      const registry = await serveHttp(bearerRegistry(() => realm))
      expect(await check(registry)).toMatchObject({ reason: 'insecure-realm' })
    },
  )

  it.each(['', '/token', 'not a url'])('has nowhere to go with the realm %j', async (realm) => {
    const registry = await serveHttp(bearerRegistry(() => realm))
    expect(await check(registry)).toMatchObject({ reason: 'not-a-registry' })
  })

  it('does not follow the registry to another host', async () => {
    const other = await serveHttp(basicRegistry)
    const registry = await serveHttp((request, response) => {
      if (request.headers.authorization === undefined) basicRegistry(request, response)
      else answer(response, 307, { location: `http://${other.host}/v2/` })
    })
    expect(await check(registry)).toMatchObject({
      reason: 'redirected',
      message: `${registry.host} passes on to ${other.host}.`,
    })
    expect(other.requests).toEqual([])
  })

  it('is not given for the challenge of another host', async () => {
    const other = await serveHttp(basicRegistry)
    const registry = await serveHttp(always(302, { location: `http://${other.host}/v2/` }))
    expect(await check(registry)).toMatchObject({ reason: 'redirected' })
    expect(other.requests).toEqual([])
  })

  it('does not follow the token server to another host', async () => {
    const other = await serveHttp(always(200, {}, { token: 'good' }))
    const { registry } = await withTokens(always(307, { location: `http://${other.host}/token` }))
    expect(await check(registry)).toMatchObject({ reason: 'redirected' })
    expect(other.requests).toEqual([])
  })

  it('is not posted again where the token server passes on to, be it itself', async () => {
    const { registry, tokenServer } = await withTokens(always(307, { location: '/elsewhere' }))
    const credential = { kind: 'identity-token', token: 't' } as const
    expect(await check(registry, { credential })).toMatchObject({ reason: 'redirected' })
    expect(tokenServer.requests).toHaveLength(1)
  })

  it('does follow within the same host', async () => {
    const registry = await serveHttp((request, response) => {
      if (request.url === '/v2/') answer(response, 308, { location: '/v2/moved/' })
      else basicRegistry(request, response)
    })
    expect(await check(registry)).toMatchObject({ ok: true })
  })

  it('does not run in circles', async () => {
    const registry = await serveHttp(always(302, { location: '/v2/' }))
    expect(await check(registry)).toMatchObject({ reason: 'redirected' })
    expect(registry.requests.length).toBeLessThan(10)
  })

  it('appears in no message', async () => {
    const registry = await serveHttp(always(401, { 'www-authenticate': 'Basic' }))
    const result = await check(registry, { credential: { ...ann, password: 'hunter2' } })
    expect(result).toMatchObject({ ok: false })
    expect(JSON.stringify(result)).not.toContain('hunter2')
  })
})

describe('what answers', () => {
  it('may be a registry that asks nobody', async () => {
    expect(await check(await serveHttp(always(200)))).toEqual({ ok: true, authentication: 'none' })
    const named = always(
      200,
      { 'content-type': 'text/plain', 'docker-distribution-api-version': 'registry/2.0' },
      '',
    )
    expect(await check(await serveHttp(named))).toMatchObject({ ok: true })
  })

  it.each([
    ['a web site', always(200, { 'content-type': 'text/html' }, '<h1>Welcome</h1>')],
    ['a web site without such a page', always(404, { 'content-type': 'text/html' }, 'no')],
    ['a server that asks for what no registry asks', always(401)],
    ['a server with another kind of login', always(401, { 'www-authenticate': 'Negotiate' })],
  ])('may be %s', async (_, handler) => {
    expect(await check(await serveHttp(handler))).toMatchObject({ reason: 'not-a-registry' })
  })

  it.each([
    [403, {}, 'forbidden'],
    [500, {}, 'registry-error'],
    [503, {}, 'registry-error'],
    [429, {}, 'rate-limited'],
  ])('may be the status %i', async (status, headers, reason) => {
    expect(await check(await serveHttp(always(status, headers)))).toMatchObject({ reason })
  })

  it('may say how long to wait', async () => {
    const seconds = await serveHttp(always(429, { 'retry-after': '30' }))
    expect(await check(seconds)).toMatchObject({ hint: 'Wait 30 seconds, then try again.' })
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT'
    const later = await serveHttp(always(429, { 'retry-after': date }))
    expect(await check(later)).toMatchObject({ hint: `Wait until ${date}, then try again.` })
  })

  it('may have a certificate that is not trusted; then plain HTTP is not tried', async () => {
    const registry = await serveUntrustedHttps(basicRegistry)
    expect(await check(registry)).toMatchObject({
      reason: 'certificate',
      message: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT') as string,
    })
    expect(registry.requests).toEqual([])
  })

  it('may be nothing', async () => {
    const unused = await unusedHost()
    expect(await check({ host: unused })).toMatchObject({
      reason: 'unreachable',
      message: `No registry answers at ${unused} (ECONNREFUSED).`,
    })
  })

  it('may never come', async () => {
    const registry = await serveHttp(() => undefined)
    expect(await check(registry, { timeoutMillis: 300 })).toMatchObject({ reason: 'timeout' })
  })

  it('may stop in the middle of its body', async () => {
    const registry = await serveHttp((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{')
    })
    expect(await check(registry, { timeoutMillis: 300 })).toMatchObject({ reason: 'timeout' })
  })

  it('is not waited for once the person has cancelled', async () => {
    const controller = new AbortController()
    const reason = new Error('cancelled')
    const registry = await serveHttp(() => controller.abort(reason))
    await expect(check(registry, { signal: controller.signal })).rejects.toBe(reason)
  })
})

describe('the host', () => {
  it.each(['', 'a b', 'ann@evil.example', 'example.com/path', 'example.com?x', 'example.com#x'])(
    'must be one: not %j',
    async (host) => {
      expect(await check({ host })).toMatchObject({ reason: 'unreachable' })
    },
  )

  it('on another machine is asked over HTTPS only', async () => {
    // Connects to this machine, yet is no loopback address.
    const registry = await serveHttp(basicRegistry)
    const host = registry.host.replace('127.0.0.1', '0.0.0.0')
    expect(await check({ host })).toMatchObject({ ok: false, reason: 'not-tls' })
    expect(registry.requests).toEqual([])
    expect(await check({ host }, { insecure: true })).toMatchObject({ ok: true })
  })

  it('that may be insecure may name a token server of its own only', async () => {
    const asInsecure = (text: string) => text.replace('127.0.0.1', '0.0.0.0')
    const tokenServer = await serveHttp(always(200, {}, { token: 'good' }))
    const own = await serveHttp(bearerRegistry(() => asInsecure(`http://${tokenServer.host}/`)))
    const another = await serveHttp(bearerRegistry(() => `http://${tokenServer.host}/`))
    expect(await check({ host: asInsecure(own.host) }, { insecure: true })).toMatchObject({
      ok: true,
    })
    expect(await check({ host: asInsecure(another.host) }, { insecure: true })).toMatchObject({
      reason: 'insecure-realm',
    })
  })
})
