import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { log } from '../log'
import { securityHeaders } from './headers'

/** The largest message a page may send; its requests are small. */
const maxMessageBytes = 1024 * 1024
/** A page that does not take what it is sent is cut off here; it connects again when it can. */
const maxWaitingBytes = 64 * 1024 * 1024
const heartbeatMillis = 30_000
/** How long a page has to answer the goodbye. */
const goodbyeMillis = 500

export interface SocketRules {
  /** The status to refuse an upgrade with, before any of it happens; null lets it through. */
  refusal: (request: IncomingMessage) => number | null
  /** Takes over a socket that was let through. */
  accept: (socket: WebSocket) => Promise<void>
  heartbeatMillis?: number
}

/**
 * Upgrades requests of `server` to WebSockets. A page that stopped answering (closed lid, lost
 * tunnel) is dropped after two heartbeats at most, which ends its streams. Returns what closes
 * every socket and resolves when they are gone.
 */
export function attachSockets(server: Server, rules: SocketRules): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  const answering = new WeakSet<WebSocket>()

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const status = rules.refusal(request)
    if (status !== null) {
      refuse(stream, status)
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      answering.add(socket)
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

  return async () => {
    clearInterval(heartbeat)
    for (const socket of sockets.clients) socket.close(1001, 'Longshore ends')
    const unanswered = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate()
    }, goodbyeMillis)
    await new Promise((done) => {
      sockets.close(done)
    })
    clearTimeout(unanswered)
  }
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
