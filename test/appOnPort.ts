import { once } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket, WebSocketServer } from 'ws'
import { createApp } from '../main/app'
import { createSocketServer } from '../main/rpc/sockets'
import type { Api } from '../preload/contract'
import { testPlatform } from './platform'

/**
 * The whole app in a process of its own: behind the transport of browser mode without its door, on
 * loopback. Resolves with the port; ends with the process.
 */
export async function serveApp(options: { engine: string; dataFolder: string }): Promise<number> {
  const app = createApp(testPlatform(options.dataFolder), { engine: options.engine, demo: false })
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  const accept = createSocketServer(app.router)
  server.on('connection', (socket) => void accept(socket))
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return address.port
}

/** Reaches an app that is served so, as a page does. */
export function reachApp(port: number): { api: Api; close: () => void } {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  // The link uses what `ws` and the browser's class have in common.
  const websocket = socket as unknown as globalThis.WebSocket
  return { api: createORPCClient(new RPCLink({ websocket })), close: () => socket.terminate() }
}
