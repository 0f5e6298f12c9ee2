import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'
import { connect, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { RouterClient } from '@orpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Listen } from '../../../main/serve/listen'
import { issueCertificate, makeAuthority } from '../../bed/certificates'
import { openSocket, router, startHarness, type Harness } from './harness'

const fileToken = 'k9Qz3vX7pL2mN8rT5wY1bC4d'
/** An address that other machines may reach, where this one has any. */
const outward = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address
if (!outward) console.log('skipped: listening for other machines, because this one has no address')
const address = outward ?? '127.0.0.1'

let folder: string
let listen: Listen
let ca: Buffer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-tls-'))
  const authority = makeAuthority(folder)
  const files = issueCertificate(folder, authority, { addresses: [address, 'ship.example'] })
  ca = await readFile(authority.certificateFile)
  listen = {
    address,
    shownHost: address,
    hosts: [address, 'ship.example'],
    tls: { cert: await readFile(files.certificateFile), key: await readFile(files.keyFile) },
    fileToken,
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let server: Harness
let clock: number
beforeEach(async () => {
  clock = 0
  server = await startHarness({ listen, now: () => clock })
  return () => server.close()
})

interface Call {
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** Asks over TLS, and trusts the test's authority only. */
function ask(target: string, { method = 'GET', headers = {}, body = '' }: Call = {}) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>(
    (resolve, reject) => {
      const call = request(
        {
          ...{ host: address, port: server.port, servername: 'ship.example', ca, agent: false },
          ...{ path: target, method, headers },
        },
        (answer) => {
          let said = ''
          answer.setEncoding('utf8')
          answer.on('data', (chunk: string) => (said += chunk))
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: said }),
          )
        },
      )
      call.on('error', reject)
      call.end(body)
    },
  )
}

const origin = () => `https://${address}:${server.port}`

/** Posts a token as the page does. */
const enter = (body: string, headers: Record<string, string> = {}) =>
  ask('/enter', { method: 'POST', body, headers: { Origin: origin(), ...headers } })

describe.runIf(outward)('Longshore for other machines', () => {
  test('prints an address without the token', () => {
    expect(server.address()).toBe(`${origin()}/`)
  })

  test('speaks TLS only', async () => {
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, address, () => socket.write('GET / HTTP/1.1\r\n\r\n'))
      let heard = ''
      socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')))
      socket.on('error', reject)
      socket.on('close', () => resolve(heard))
    })
    expect(said).not.toContain('HTTP/1.1 200')
    expect(said).not.toContain('Longshore')
  })

  test('listens on the asked address and on no other', async () => {
    const probe = createServer()
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen(server.port, '127.0.0.1', resolve)
    })
    await new Promise((done) => probe.close(done))
  })

  test('asks a browser that it does not know for the token, and shows nothing else', async () => {
    for (const target of ['/', '/containers', '/assets/index-a1b2.js', `/?token=${fileToken}`]) {
      const answer = await ask(target)
      expect(answer.status, target).toBe(401)
      expect(answer.body).toContain('The token of the file')
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    expect((await ask('/enter.js')).body).toContain("fetch('/enter'")
  })

  test('lets in who posts the token, as often as it is posted, and says it nowhere', async () => {
    for (let round = 0; round < 2; round += 1) {
      const answer = await enter(`${fileToken}\n`)
      expect(answer.status).toBe(200)
      expect(answer.body).toMatch(/^[\w-]{43}$/)
      const [cookie = '', ...flags] = (answer.headers['set-cookie']?.[0] ?? '').split('; ')
      expect(cookie).toMatch(new RegExp(`^__Host-longshore-${server.port}=[\\w-]{43}$`))
      expect(flags.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure'])
      const page = await ask('/', { headers: { Cookie: cookie } })
      expect(page).toMatchObject({ status: 200 })
      expect(page.body).toContain('the page')
      expect(JSON.stringify([page, answer])).not.toContain(fileToken)
    }
    expect(server.printed).toEqual([])
  })

  test('takes no token from a page of another origin, or by another name', async () => {
    for (const Origin of ['https://evil.example', origin().replace('https', 'http'), 'null']) {
      expect((await enter(fileToken, { Origin })).status, Origin).toBe(403)
    }
    const Host = `evil.example:${server.port}`
    expect((await enter(fileToken, { Host, Origin: `https://${Host}` })).status).toBe(403)
    expect((await ask('/', { headers: { Host: `localhost:${server.port}` } })).status).toBe(403)
  })

  test('answers to the further name it was given', async () => {
    const Host = `ship.example:${server.port}`
    expect((await enter(fileToken, { Host, Origin: `https://${Host}` })).status).toBe(200)
  })

  test('looks at ten wrong tokens a minute, whoever they come from', async () => {
    const wrong = ['', fileToken.slice(1), 'x'.repeat(5_000), ...Array<string>(7).fill('guess')]
    // One that is too long is not read to its end, nor counted.
    const statuses = await Promise.all(
      wrong.map((body) =>
        enter(body).then(
          ({ status }) => status,
          () => 403,
        ),
      ),
    )
    expect(new Set(statuses)).toEqual(new Set([403]))
    expect((await enter('guess')).status).toBe(403)
    const limited = await enter(fileToken)
    expect(limited.status).toBe(429)
    expect(limited.headers['retry-after']).toBe('60')
    clock += 60_000
    expect((await enter(fileToken)).status).toBe(200)
  })

  test('opens the WebSocket to a page that was let in, and to no other', async () => {
    const { headers, body: key } = await enter(fileToken)
    const Cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    const open = (path: string, more: Record<string, string>) =>
      openSocket(`wss://${address}:${server.port}${path}`, { ca, headers: more })
    expect(await open(`/rpc?key=${key}`, { Cookie, Origin: 'https://evil.example' })).toBe(403)
    expect(await open(`/rpc?key=${key}`, { Origin: origin() })).toBe(401)
    expect(await open(`/rpc?key=${fileToken}`, { Cookie, Origin: origin() })).toBe(401)
    const socket = await open(`/rpc?key=${key}`, { Cookie, Origin: origin() })
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
    const websocket = socket as unknown as globalThis.WebSocket
    const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ websocket }))
    await expect(client.greet()).resolves.toBe('hello from main')
    socket.terminate()
  })

  test('says when the address is none of this machine', async () => {
    const elsewhere = { ...listen, address: '203.0.113.77' }
    await expect(startHarness({ listen: elsewhere })).rejects.toThrow(
      '203.0.113.77 is no address of this machine; --listen takes one that is.',
    )
  })
})
