import { RPCHandler } from '@orpc/server/bun-ws'
import { log } from '../log'
import type { AppRouter } from './router'
import { clientInterceptors } from './interceptors'
import { isRequestMessage } from './requestMessage'

/** A connection to one page, whatever carries it. */
export interface Carrier {
  send(text: string): void
  onMessage(listener: (data: unknown) => void): void
  onClose(listener: () => void): void
  /** Ends it for a message that is none. */
  refuse(): void
}

/**
 * Serves the router to pages; the end of a carrier ends every stream it carries. Who sends what no page of
 * ours sends is refused: there is nobody to answer, and a call that waits for one would wait for ever.
 */
export function createPeerServer(router: AppRouter): (carrier: Carrier) => void {
  // oRPC's adapter for Bun is the one that wants nothing of a socket but to send, and tells what went wrong.
  const handler = new RPCHandler(router, { clientInterceptors })
  return (carrier) => {
    const peer = {
      send(message: string | ArrayBufferLike | Uint8Array) {
        // Answers are JSON: no procedure gives a file.
        if (typeof message !== 'string') throw new TypeError('An answer is not JSON.')
        carrier.send(message)
        return message.length
      },
    }
    let refused = false
    carrier.onMessage((data) => {
      if (refused) return
      if (isRequestMessage(data)) {
        handler.message(peer, data).catch((error: unknown) => {
          log.error({ error }, 'a page could not be answered')
        })
        return
      }
      refused = true
      // Without what it said, which may be anything.
      log.warn('a page was cut off: it sent a message that is no request')
      carrier.refuse()
    })
    carrier.onClose(() => handler.close(peer))
  }
}
