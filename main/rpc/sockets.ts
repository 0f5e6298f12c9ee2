import type { WebSocket } from 'ws'
import type { AppRouter } from './router'
import { createPeerServer } from './peers'

/** RFC 6455, 7.4.1: data that is not consistent with the type of the message. */
const unreadableCode = 1007

/** Serves the router on a WebSocket; closing the socket ends every stream it carries. */
export function createSocketServer(router: AppRouter): (socket: WebSocket) => Promise<void> {
  const serve = createPeerServer(router)
  return (socket) => {
    serve({
      send: (text) => socket.send(text),
      onMessage: (listener) => socket.addEventListener('message', ({ data }) => listener(data)),
      onClose: (listener) => socket.addEventListener('close', listener),
      refuse: () => socket.close(unreadableCode, 'not a request'),
    })
    return Promise.resolve()
  }
}
