import { RPCHandler } from '@orpc/server/message-port'
import type { AppRouter } from './router'
import { clientInterceptors } from './interceptors'

/** What both Electron's `MessagePortMain` and Node's `MessagePort` offer. */
type Port = Parameters<RPCHandler<object>['upgrade']>[0]

/** Serves the router on a message port; closing the port ends every stream it carries. */
export function createPortServer(router: AppRouter): (port: Port) => void {
  const handler = new RPCHandler(router, { clientInterceptors })
  return (port) => handler.upgrade(port)
}
