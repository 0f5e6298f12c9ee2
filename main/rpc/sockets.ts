import { RPCHandler } from '@orpc/server/ws'
import type { WebSocket } from 'ws'
import type { AppRouter } from './router'
import { clientInterceptors } from './interceptors'

/** Serves the router on a WebSocket; closing the socket ends every stream it carries. */
export function createSocketServer(router: AppRouter): (socket: WebSocket) => Promise<void> {
  const handler = new RPCHandler(router, { clientInterceptors })
  return (socket) => handler.upgrade(socket)
}
