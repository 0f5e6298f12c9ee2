import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { sessionEndedCode } from '../../preload/contract/session'
import { log } from '../log'
import { securityHeaders } from './headers'

/** The largest message a page may send; its requests are small. */
const maxMessageBytes = 1024 * 1024
/** A page that does not take what it is sent is cut off here; it connects again when it can. */
const maxWaitingBytes = 64 * 1024 * 1024
const heartbeatMillis = 30_000
/** How long a page has to answer a goodbye. */
const goodbyeMillis = 500

export interface SocketRules {
  /** The status to refuse an upgrade with, before any of it happens; null lets it through. */
  refusal: (request: IncomingMessage) => number | null
  /** Takes over a socket that was let through. */
  accept: (socket: WebSocket) => Promise<void>
  heartbeatMillis?: number
}

export interface Sockets {
  /** Ends the sockets whose request would be refused now: their session has ended. */
  endRefused(): void
  /** Closes every socket; resolves when they are gone. */
  close(): Promise<void>
}

/**
 * Upgrades requests of `server` to WebSockets. A page that stopped answering (closed lid, lost
 * tunnel) is dropped after two heartbeats at most, which ends its streams.
 */
export function attachSockets(server: Server, rules: SocketRules): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  const answering = new WeakSet<WebSocket>()
  const requests = new WeakMap<WebSocket, IncomingMessage>()

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const status = rules.refusal(request)
    if (status !== null) {
      refuse(stream, status)
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      answering.add(socket)
      requests.set(socket, request)
      socket.on('pong', () => answering.add(socket))
      socket.on('error', (error) => log.debug({ error }, 'a page broke the connection'))
      rules.accept(socket).catch((error: unknown) => {
        log.error({ error }, 'a page could not be connected')
        socket.terminate()
      })
    })
  })

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!answering.has(socket) || socket.bufferedAmount > maxWaitingBytes) {
        socket.terminate()
        continue
      }
      answering.delete(socket)
      socket.ping()
    }
  }, rules.heartbeatMillis ?? heartbeatMillis)
  heartbeat.unref()

  return {
    endRefused() {
      for (const socket of sockets.clients) {
        const request = requests.get(socket)
        if (request && rules.refusal(request) === null) continue
        sayGoodbye(socket, sessionEndedCode, 'Longshore does not know this browser any more')
      }
    },
    async close() {
      clearInterval(heartbeat)
      for (const socket of sockets.clients) sayGoodbye(socket, 1001, 'Longshore ends')
      await new Promise((done) => {
        sockets.close(done)
      })
    },
  }
}

/** Closes a socket; one whose page does not answer, or goes on talking, is cut off. */
function sayGoodbye(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason)
  const cutOff = setTimeout(() => socket.terminate(), goodbyeMillis)
  socket.once('close', () => clearTimeout(cutOff))
}

function refuse(stream: Duplex, status: number): void {
  stream.on('error', () => stream.destroy())
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
    'Content-Length: 0',
  ]
  stream.end(`${head.join('\r\n')}\r\n\r\n`, () => stream.destroy())
}
