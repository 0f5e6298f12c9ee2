import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultPort } from '../../../main/launch'
import { freePort, sayRaw, startHarness, type Harness } from './harness'

let server: Harness
beforeEach(async () => {
  server = await startHarness()
})
afterEach(() => server.close())

describe('who can reach it', () => {
  test('it listens on 127.0.0.1 and on no other address of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ address }) => address !== '127.0.0.1')
      .map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address))
    expect((await server.ask('/')).status).toBe(401)
    // The same port can still be had on every other address: nothing listens there.
    for (const address of others) {
      const probe = createServer()
      await new Promise<void>((resolve, reject) => {
        probe.once('error', reject)
        probe.listen(server.port, address, resolve)
      }).catch((error: unknown) => {
        // An address may be going away or not be ready (IPv6), but never taken by us.
        expect(String(error)).not.toContain('EADDRINUSE')
      })
      probe.close()
    }
  })

  test('a name that was led to loopback (DNS rebinding) gets 403 on every route', async () => {
    const Cookie = await server.logIn()
    const hosts = [
      'evil.example',
      `evil.example:${server.port}`,
      `127.0.0.1.evil.example:${server.port}`,
      `localhost.evil.example:${server.port}`,
      `127.0.0.1:${server.port + 1}`,
      '127.0.0.1',
      'localhost',
      `0.0.0.0:${server.port}`,
      `user@127.0.0.1:${server.port}`,
    ]
    const routes = [
      '/',
      `/?token=${server.token()}`,
      '/containers',
      '/assets/index-a1b2.js',
      '/rpc',
    ]
    for (const Host of hosts) {
      for (const route of routes) {
        const answer = await server.ask(route, { headers: { Host, Cookie } })
        expect(answer.status, `${Host} ${route}`).toBe(403)
        expect(answer.body).not.toContain('the page')
      }
    }
    expect(server.printed).toHaveLength(1)
  })

  test('it answers to its three names', async () => {
    const Cookie = await server.logIn()
    for (const name of ['127.0.0.1', 'localhost', 'LocalHost', '[::1]']) {
      const Host = `${name}:${server.port}`
      expect((await server.ask('/', { headers: { Host, Cookie } })).status).toBe(200)
    }
  })

  test('without a host there is no answer', async () => {
    expect(await sayRaw(server.port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /)
  })
})

describe('the one-time address', () => {
  test('lets a browser in once', async () => {
    const target = `/?token=${server.token()}`
    expect((await server.ask(target)).status).toBe(200)
    const again = await server.ask(target)
    expect(again.status).toBe(403)
    expect(again.body).toContain('Look at the terminal')
    expect(again.headers['set-cookie']).toBeUndefined()
  })

  test('is followed in the terminal by the next one, which works', async () => {
    await server.logIn()
    expect(server.printed).toEqual([server.address()])
    expect((await server.ask(`/?token=${server.token()}`)).status).toBe(200)
  })

  test('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await server.ask(`/?token=${server.token()}`)
    const [cookie, ...more] = answer.headers['set-cookie'] ?? []
    expect(more).toEqual([])
    const [pair = '', ...flags] = cookie?.split('; ') ?? []
    expect(flags.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict'])
    const [name, value = ''] = pair.split('=')
    expect(name).toBe(`longshore-${server.port}`)
    expect(Buffer.from(value, 'base64url')).toHaveLength(32)
  })

  test('goes on to the app without the token, by a page that sends no referrer', async () => {
    const token = server.token()
    const answer = await server.ask(`/?token=${token}`)
    expect(answer.body).toMatch(/<meta name="longshore-key" content="[\w-]{43}">/)
    expect(answer.body).not.toContain(token)
    expect(answer.body).not.toMatch(/<script(?! src="\/welcome\.js")/)
    const headers = { Cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] }
    const script = await server.ask('/welcome.js', { headers })
    expect(script.body).toContain("location.replace('/')")
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('goes on to the app when it is opened again in the same browser', async () => {
    const old = server.token()
    const Cookie = await server.logIn()
    const answer = await server.ask(`/?token=${old}`, { headers: { Cookie } })
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
  })

  test('is not spent by what a page loads, by HEAD, or by another path', async () => {
    const token = server.token()
    for (const destination of ['image', 'iframe', 'empty', 'script']) {
      const headers = { 'Sec-Fetch-Dest': destination, 'Sec-Fetch-Site': 'cross-site' }
      expect((await server.ask(`/?token=${token}`, { headers })).status).toBe(403)
    }
    expect((await server.ask(`/?token=${token}`, { method: 'HEAD' })).status).toBe(403)
    expect((await server.ask(`/containers?token=${token}`)).status).toBe(401)
    const headers = { 'Sec-Fetch-Dest': 'document' }
    expect((await server.ask(`/?token=${token}`, { headers })).status).toBe(200)
  })

  test('cannot be guessed at length: 429 after ten wrong ones', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await server.ask('/?token=guess')).status).toBe(403)
    }
    const answer = await server.ask(`/?token=${server.token()}`)
    expect(answer.status).toBe(429)
    expect(answer.headers['retry-after']).toBe('60')
  })

  test('cannot be used up by images of a hostile page', async () => {
    const headers = { 'Sec-Fetch-Dest': 'image' }
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await server.ask('/?token=guess', { headers })
    }
    expect((await server.ask(`/?token=${server.token()}`)).status).toBe(200)
  })
})

describe('the page', () => {
  test('is served to a browser with a session only', async () => {
    for (const target of ['/', '/containers', '/assets/index-a1b2.js', '/nothing.js']) {
      const answer = await server.ask(target)
      expect(answer.status, target).toBe(401)
      expect(answer.body).toContain('Look at the terminal')
    }
    for (const Cookie of ['longshore=x', `longshore-${server.port}=`, 'a=b; c']) {
      expect((await server.ask('/', { headers: { Cookie } })).status).toBe(401)
    }
  })

  test("answers the router's paths with index.html, and its files with themselves", async () => {
    const headers = { Cookie: await server.logIn() }
    for (const target of ['/', '/containers', '/containers/abc?tab=logs', '/index.html']) {
      const answer = await server.ask(target, { headers })
      expect(answer.status, target).toBe(200)
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(answer.body).toContain('the page')
    }
    const script = await server.ask('/assets/index-a1b2.js', { headers })
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(script.headers['cache-control']).toBe('private, max-age=31536000, immutable')
    const head = await server.ask('/assets/index-a1b2.js', { headers, method: 'HEAD' })
    expect(head).toMatchObject({ status: 200, body: '' })
    expect(head.headers['content-length']).toBe('9')
    expect((await server.ask('/assets/gone.js', { headers })).status).toBe(404)
  })

  test('never answers with a file from outside its folder', async () => {
    const headers = { Cookie: await server.logIn() }
    const secret = await readFile('/etc/hosts', 'utf8')
    const targets = [
      '/../../../../../../etc/hosts',
      '/assets/../../../../../../etc/hosts',
      '/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/hosts',
      '/..%2f..%2f..%2f..%2f..%2fetc%2fhosts',
      '/%252e%252e/%252e%252e/etc/hosts',
      '/..\\..\\..\\..\\etc\\hosts',
      '/..%5c..%5c..%5cetc%5chosts',
      '//etc/hosts',
      '/etc/hosts%00.html',
      '/%E0%A4%A',
    ]
    for (const target of targets) {
      const answer = await server.ask(target, { headers })
      // Either there is nothing there, or it is the page: never the file.
      expect([200, 404], target).toContain(answer.status)
      if (answer.status === 200) expect(answer.body).toContain('the page')
      expect(answer.body).not.toBe(secret)
    }
    for (const target of ['http://evil.example/', '*', 'etc/hosts']) {
      const said = await sayRaw(
        server.port,
        `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`,
      )
      expect(said, target).toMatch(/^HTTP\/1\.1 400 /)
    }
  })

  test("has no route to the engine's API", async () => {
    const headers = { Cookie: await server.logIn() }
    const targets = ['/_ping', '/containers/json', '/v1.41/containers/json', '/v1.41', '/events']
    for (const target of targets) {
      const answer = await server.ask(target, { headers })
      expect([200, 404], target).toContain(answer.status)
      expect(answer.headers['content-type']).toMatch(/^text\/(html|plain)/)
      expect(answer.headers['api-version']).toBeUndefined()
    }
  })
})

describe('every answer', () => {
  const csp =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
    "font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; " +
    "base-uri 'none'"

  test('carries the security headers', async () => {
    const Cookie = await server.logIn()
    const answers = [
      await server.ask('/'),
      await server.ask('/', { headers: { Cookie } }),
      await server.ask('/assets/index-a1b2.js', { headers: { Cookie } }),
      await server.ask('/gone.js', { headers: { Cookie } }),
      await server.ask('/', { headers: { Host: 'evil.example' } }),
      await server.ask('/', { method: 'POST' }),
      await server.ask('/?token=guess'),
      await server.ask(`/?token=${server.token()}`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 200, 200, 404, 403, 403, 403, 200])
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy': csp,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
  })

  test('to a method that could change something is a refusal', async () => {
    const Cookie = await server.logIn()
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const ours = { Cookie, Origin: `http://127.0.0.1:${server.port}` }
      const answer = await server.ask('/', { method, headers: ours })
      expect(answer.status, method).toBe(405)
      expect(answer.headers.allow).toBe('GET, HEAD')
      for (const Origin of ['http://evil.example', 'null', `http://localhost:${server.port}`]) {
        const theirs = { Cookie, Origin }
        expect((await server.ask('/', { method, headers: theirs })).status).toBe(403)
      }
    }
  })
})

describe('a browser that nobody uses', () => {
  const HOUR = 3_600_000
  let clock = 0

  beforeEach(async () => {
    await server.close()
    clock = 0
    server = await startHarness({ idleMillis: 12 * HOUR, now: () => clock })
  })

  const use = ({ cookie, key }: { cookie: string; key: string }, more: object = {}) =>
    server.ask('/used', {
      method: 'POST',
      headers: {
        Cookie: cookie,
        Origin: `http://127.0.0.1:${server.port}`,
        'Longshore-Key': key,
        ...more,
      },
    })

  test('is let go after twelve hours, told how it is let in again, and the terminal shows how', async () => {
    const { cookie: Cookie, key } = await server.enter()
    clock += 12 * HOUR - 1
    expect((await server.ask('/', { headers: { Cookie } })).status).toBe(200)
    server.sweep()
    expect(server.expired).toEqual([])
    clock += 1
    const answer = await server.ask('/', { headers: { Cookie } })
    expect(answer.status).toBe(401)
    expect(answer.body).toContain('open the last address it printed')
    expect((await server.ask(`/rpc?key=${key}`, { headers: { Cookie } })).status).toBe(401)
    server.sweep()
    server.sweep()
    expect(server.expired).toEqual([server.address()])
    expect((await server.ask(`/?token=${server.token()}`)).status).toBe(200)
  })

  test('stays while its page says that a person is there', async () => {
    const session = await server.enter()
    for (let hour = 0; hour < 48; hour += 8) {
      clock += 8 * HOUR
      expect((await use(session)).status).toBe(204)
    }
    const headers = { Cookie: session.cookie }
    expect((await server.ask('/', { headers })).status).toBe(200)
  })

  test('is not kept by what pages load, by another key, or by another origin', async () => {
    const session = await server.enter()
    clock += 11 * HOUR
    const headers = { Cookie: session.cookie }
    for (const target of ['/', '/used', `/rpc?key=${session.key}`, '/assets/index-a1b2.js']) {
      await server.ask(target, { headers })
    }
    expect((await use({ ...session, key: 'x' })).status).toBe(401)
    expect((await use({ ...session, cookie: '' })).status).toBe(401)
    expect((await use(session, { Origin: 'http://evil.example' })).status).toBe(403)
    expect((await use(session, { Host: `evil.example:${server.port}` })).status).toBe(403)
    clock += HOUR
    expect((await server.ask('/', { headers })).status).toBe(401)
  })

  test('is told by its connection’s address whether it may connect', async () => {
    const { cookie: Cookie, key } = await server.enter()
    const headers = { Cookie }
    expect((await server.ask(`/rpc?key=${key}`, { headers })).status).toBe(204)
    expect((await server.ask('/rpc?key=x', { headers })).status).toBe(401)
    expect((await server.ask(`/rpc?key=${key}`)).status).toBe(401)
  })
})

describe('its port', () => {
  test('is the asked one, or a refusal in words', async () => {
    await expect(startHarness({ port: server.port })).rejects.toThrow(
      `Port ${server.port} is in use; choose another one with --port, or leave the flag out.`,
    )
  })

  test('is a free one when none was asked for and the usual one is taken', async () => {
    const taker = createServer()
    await new Promise<void>((resolve) => {
      // Taken by us or, already, by someone else: both will do.
      taker.once('error', () => resolve())
      taker.listen(defaultPort, '127.0.0.1', resolve)
    })
    const second = await startHarness({ port: null })
    expect(second.port).not.toBe(defaultPort)
    expect((await second.ask('/')).status).toBe(401)
    await second.close()
    await new Promise((done) => taker.close(done))
  })

  test('is free again after closing', async () => {
    const port = await freePort()
    for (let round = 0; round < 2; round += 1) {
      const next = await startHarness({ port })
      expect((await next.ask('/')).status).toBe(401)
      await next.close()
    }
  })
})
