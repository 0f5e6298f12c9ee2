import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { RouterClient } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocket, type ClientOptions } from 'ws'
import { openSocket, router, startHarness, type Harness } from './harness'

let server: Harness
beforeEach(async () => {
  server = await startHarness()
})
afterEach(() => server.close())

const open = (path: string, options: ClientOptions) =>
  openSocket(`ws://127.0.0.1:${server.port}${path}`, options)

const ours = () => `http://127.0.0.1:${server.port}`

async function openOurs(): Promise<WebSocket> {
  const { cookie: Cookie, key } = await server.enter()
  const socket = await open(`/rpc?key=${key}`, { origin: ours(), headers: { Cookie } })
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  return socket
}

function closed(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', resolve))
}

describe('a page that was let in', () => {
  test('calls main over its socket', async () => {
    const socket = await openOurs()
    // ws offers the browser's interface; its event types are its own.
    const websocket = socket as unknown as globalThis.WebSocket
    const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ websocket }))
    await expect(client.greet()).resolves.toBe('hello from main')
    socket.terminate()
  })

  test('is cut off when it sends more than a mebibyte at once', async () => {
    const socket = await openOurs()
    const end = closed(socket)
    socket.send('x'.repeat(1024 * 1024 + 1))
    await expect(end).resolves.toBe(1009)
  })

  test('is told when Longshore ends', async () => {
    const end = closed(await openOurs())
    await server.close()
    await expect(end).resolves.toBe(1001)
  })
})

describe('a page whose session ends', () => {
  test('is cut off with a code that says so, and one in use is not', async () => {
    await server.close()
    let clock = 0
    server = await startHarness({ idleMillis: 1_000, now: () => clock })
    const idle = await openOurs()
    clock += 600
    const used = await openOurs()
    const end = closed(idle)
    clock += 600
    server.sweep()
    await expect(end).resolves.toBe(4401)
    expect(used.readyState).toBe(WebSocket.OPEN)
    used.terminate()
  })

  test('is cut off though it does not answer the goodbye', async () => {
    await server.close()
    let clock = 0
    const ended = vi.fn()
    server = await startHarness({
      idleMillis: 1_000,
      now: () => clock,
      acceptSocket: (socket) => {
        socket.on('close', ended)
        return Promise.resolve()
      },
    })
    const socket = await openOurs()
    // It reads nothing, so it never sees the goodbye.
    socket.pause()
    clock += 1_000
    server.sweep()
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), { timeout: 10_000 })
    socket.terminate()
  })
})

describe('before the upgrade', () => {
  test('a page of another origin is refused, with the cookie too', async () => {
    const { cookie: Cookie, key } = await server.enter()
    const origins = [
      'http://evil.example',
      `http://evil.example:${server.port}`,
      `https://127.0.0.1:${server.port}`,
      `http://127.0.0.1:${server.port + 1}`,
      `http://localhost:${server.port}`,
      'null',
      '',
    ]
    for (const Origin of origins) {
      expect(await open(`/rpc?key=${key}`, { headers: { Cookie, Origin } }), Origin).toBe(403)
    }
    expect(await open(`/rpc?key=${key}`, { headers: { Cookie } })).toBe(403)
  })

  test('a page led here by another name is refused', async () => {
    const { cookie: Cookie, key } = await server.enter()
    const Host = `evil.example:${server.port}`
    expect(
      await open(`/rpc?key=${key}`, { headers: { Cookie, Host, Origin: `http://${Host}` } }),
    ).toBe(403)
  })

  test('a page without a session is refused, whatever it says otherwise', async () => {
    const name = `longshore-${server.port}`
    const { key } = await server.enter()
    for (const Cookie of ['', `${name}=x`, `${name}=${server.token()}`]) {
      expect(await open(`/rpc?key=${key}`, { origin: ours(), headers: { Cookie } })).toBe(401)
    }
    expect(await open(`/rpc?token=${server.token()}`, { origin: ours() })).toBe(401)
  })

  test('a stolen cookie is not enough: cookies go to every port of this host', async () => {
    const { cookie: Cookie } = await server.enter()
    const { key: anothers } = await server.enter()
    for (const path of ['/rpc', '/rpc?key=', '/rpc?key=x', `/rpc?key=${anothers}`]) {
      expect(await open(path, { origin: ours(), headers: { Cookie } }), path).toBe(401)
    }
  })

  test('another path is refused', async () => {
    const headers = { Cookie: await server.logIn() }
    for (const path of ['/', '/rpc/', '/containers/abc/attach/ws', '/v1.41/containers/a/attach']) {
      expect(await open(path, { origin: ours(), headers })).toBe(404)
    }
  })
})

describe('a page that stopped answering', () => {
  test('is dropped after two heartbeats, and one that answers is not', async () => {
    await server.close()
    const ended = vi.fn<(id: number) => void>()
    let accepted = 0
    server = await startHarness({
      heartbeatMillis: 50,
      acceptSocket: (socket) => {
        const id = (accepted += 1)
        socket.on('close', () => {
          ended(id)
        })
        return Promise.resolve()
      },
    })
    const { cookie: Cookie, key } = await server.enter()
    const options = { origin: ours(), headers: { Cookie }, autoPong: false }
    const silent = await open(`/rpc?key=${key}`, options)
    const alive = await openOurs()
    await vi.waitFor(() => expect(ended).toHaveBeenCalledWith(1), { timeout: 5_000 })
    expect(ended).not.toHaveBeenCalledWith(2)
    expect(alive.readyState).toBe(WebSocket.OPEN)
    if (typeof silent !== 'number') silent.terminate()
    alive.terminate()
  })

  test('is cut off when it cannot be connected to the app', async () => {
    await server.close()
    server = await startHarness({ acceptSocket: () => Promise.reject(new Error('no router')) })
    const socket = await openOurs()
    if (socket.readyState === WebSocket.OPEN) await closed(socket)
    expect(socket.readyState).toBe(WebSocket.CLOSED)
  })
})
