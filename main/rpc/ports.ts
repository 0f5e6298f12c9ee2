import type { AppRouter } from './router'
import { createPeerServer } from './peers'

/** What both Electron's `MessagePortMain` and Node's `MessagePort` offer. */
interface Port {
  postMessage(data: string): void
  on(event: 'message' | 'close', listener: (told: unknown) => void): unknown
  close(): void
}

/** Serves the router on a message port; closing the port ends every stream it carries. */
export function createPortServer(router: AppRouter): (port: Port) => void {
  const serve = createPeerServer(router)
  return (port) =>
    serve({
      send: (text) => port.postMessage(text),
      onMessage: (listener) => port.on('message', (told) => listener(dataOf(told))),
      onClose: (listener) => port.on('close', () => listener()),
      refuse: () => port.close(),
    })
}

/** Electron hands a message on in an event, Node as it is. */
function dataOf(told: unknown): unknown {
  return typeof told === 'object' && told !== null && 'data' in told ? told.data : told
}
