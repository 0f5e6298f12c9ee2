import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { openSocket, startHarness, type Answer, type Harness } from '../serve/harness'
import { everyProcedure } from '../fuzz/procedures'

/** Paths of the engines' own APIs (docs.docker.com/reference/api/engine, docs.podman.io/en/latest/_static/api.html). */
const enginePaths = [
  ...['/_ping', '/info', '/version', '/events', '/system/df', '/auth', '/session', '/grpc'],
  ...['/containers/json', '/containers/create', '/containers/x/attach/ws', '/containers/x/start'],
  ...['/containers/x/archive?path=/', '/containers/x/exec', '/exec/x/start', '/exec/x/json'],
  ...[
    '/images/json',
    '/images/create?fromImage=x',
    '/images/x/push',
    '/build',
    '/commit?container=x',
  ],
  ...['/networks', '/volumes', '/volumes/prune', '/plugins', '/swarm', '/secrets', '/libpod/_ping'],
  ...['/libpod/containers/json', '/libpod/play/kube', '/libpod/images/pull?reference=x'],
]
const prefixes = ['', '/v1.41', '/v1.52', '/v4.0.0', '/api', '/engine', '/docker', '/proxy', '/rpc']
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']

let server: Harness
let headers: Record<string, string>
const acceptSocket = vi.fn<(socket: WebSocket) => Promise<void>>(() => Promise.resolve())

beforeEach(async () => {
  acceptSocket.mockClear()
  server = await startHarness({ acceptSocket })
  const { cookie, key } = await server.enter()
  headers = { Cookie: cookie, Origin: `http://127.0.0.1:${server.port}`, 'Longshore-Key': key }
})
afterEach(() => server.close())

/** The page's own file, or a refusal in plain words; nothing that anybody else has said. */
function expectOurs({ status, headers: told, body }: Answer, what: string): void {
  expect([200, 204, 303, 400, 401, 403, 404, 405], what).toContain(status)
  if (status === 200 && body !== '') {
    expect(
      body === 'export {}' || body.includes('the page') || body.includes('location.'),
      what,
    ).toBe(true)
  }
  expect(told['content-security-policy'], what).toContain("default-src 'none'")
  for (const name of ['api-version', 'docker-experimental', 'libpod-api-version', 'ostype']) {
    expect(told[name], what).toBeUndefined()
  }
}

/** Asks all of them, some at a time. */
async function askAll(method: string, paths: string[]): Promise<void> {
  for (let from = 0; from < paths.length; from += 50) {
    await Promise.all(
      paths.slice(from, from + 50).map(async (path) => {
        expectOurs(await server.ask(path, { method, headers }), `${method} ${path}`)
      }),
    )
  }
}

/** Hundreds of requests, on machines that do other work beside. */
const manyMillis = 120_000

describe('of what browser mode answers to a browser that was let in,', () => {
  test(
    'nothing is a way to the engine: none of its paths, by whatever method',
    { timeout: manyMillis },
    async () => {
      for (const prefix of prefixes)
        await askAll(
          'GET',
          enginePaths.map((path) => prefix + path),
        )
      for (const method of methods) await askAll(method, enginePaths)
      expect(acceptSocket).not.toHaveBeenCalled()
    },
  )

  test(
    'nothing is a way to the engine: no path that anybody thinks of',
    { timeout: manyMillis },
    async () => {
      const piece = fc.oneof(
        fc.constantFrom(
          '..',
          '.',
          '',
          '%2e%2e',
          '%2f',
          '%5c',
          '%00',
          'v1.41',
          'rpc',
          'containers',
          '@',
        ),
        fc.constantFrom(
          'http:',
          'unix:',
          '127.0.0.1:2375',
          'var',
          'run',
          'docker.sock',
          '_ping',
          '?',
          '#',
        ),
        fc.stringMatching(/^[\w\-.~%!$&()*+,;=:@]{0,12}$/),
      )
      await fc.assert(
        fc.asyncProperty(
          fc.array(piece, { maxLength: 8 }),
          fc.constantFrom(...methods),
          async (pieces, method) => {
            const target = `/${pieces.join('/')}`
            expectOurs(await server.ask(target, { method, headers }), `${method} ${target}`)
          },
        ),
        { numRuns: 150 },
      )
      expect(acceptSocket).not.toHaveBeenCalled()
    },
  )

  test(
    'no GET changes anything: neither a procedure by its name, nor who is let in',
    { timeout: manyMillis },
    async () => {
      const token = server.token()
      const printed = server.printed.length
      const named = everyProcedure().flatMap(({ path: [feature, name] }) => [
        ...[`/rpc/${feature}/${name}`, `/${feature}/${name}?data={}`],
      ])
      expect(named.length).toBeGreaterThan(200)
      const own = ['/used', '/enter', '/enter.js', '/welcome.js', '/rpc', '/?x']
      await askAll('GET', [...named, ...own])
      await askAll('HEAD', own)
      expect(acceptSocket).not.toHaveBeenCalled()
      expect(server.token()).toBe(token)
      expect(server.printed).toHaveLength(printed)
      expect((await server.ask('/', { headers })).status).toBe(200)
    },
  )

  test('lists, exec and attach are behind the one door: a WebSocket on one path, by one check', async () => {
    const key = headers['Longshore-Key'] ?? ''
    const statuses = await Promise.all(
      ['/exec', '/attach', '/rpc/exec', '/rpc/terminals/open', '/containers/x/attach/ws', '/rpc/']
        .map((path) => `${path}?key=${key}`)
        .map(upgrade),
    )
    expect(statuses).toEqual(statuses.map(() => 404))
    expect(acceptSocket).not.toHaveBeenCalled()
    expect(await upgrade(`/rpc?key=${key}`)).toBe(101)
    expect(acceptSocket).toHaveBeenCalledOnce()
    const doors = everyProcedure().map(({ name }) => name)
    expect(doors).toEqual(expect.arrayContaining(['containers.watch', 'terminals.open']))
  })
})

test('what answers HTTP knows neither engines nor features', async () => {
  const folder = join('main', 'serve')
  const known = [
    '../launch',
    '../log',
    '../systemFiles',
    '../deadline',
    '../../preload/contract/session',
  ]
  for (const file of await readdir(folder)) {
    const code = await readFile(join(folder, file), 'utf8')
    for (const [, from = ''] of code.matchAll(/(?:from|import\() ?'([^']+)'/g)) {
      const allowed = from.startsWith('node:') || from.startsWith('./') || from === 'ws'
      expect(allowed || known.includes(from), `${file} imports ${from}`).toBe(true)
    }
  }
})

/** The status of the answer to a WebSocket; 101: it was opened, and is closed again. */
async function upgrade(path: string): Promise<number> {
  const socket = await openSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
  if (typeof socket === 'number') return socket
  socket.terminate()
  return 101
}
