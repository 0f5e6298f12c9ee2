import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { WebSocket } from 'ws'
import { defaultPort } from '../launch'
import { log } from '../log'
import { systemCodeOf } from '../systemFiles'
import { createAccess } from './access'
import { usualListen, type Listen } from './listen'
import { loadRendererFiles } from './renderer-files'
import type { OpenedAs } from './requests'
import { answer, refusalOfUpgrade, type Site } from './site'
import { attachSockets } from './sockets'

/** How often sessions that nobody uses are looked for, at least. */
const mostSweepMillis = 60_000
/** More than any browser opens; a flood from afar is not to take all of this process's sockets. */
const mostConnections = 256
/** How long a request may take to arrive: they are small. */
const requestMillis = 30_000

export interface ServeOptions {
  /** The folder of the built page. */
  rendererFolder: string
  /** Serves the app on a WebSocket of a page that showed its session. */
  acceptSocket: (socket: WebSocket) => Promise<void>
  /** Null: `defaultPort`, or a free one where that is taken. */
  port: number | null
  listen?: Listen
  /** How long a session lasts that nobody uses. */
  idleMillis: number
  /** Called with a fresh address whenever one has been used, so that one always works. */
  onAddressUsed: (next: string) => void
  /** A browser was not used for too long; `address` lets it in again. */
  onExpired?: (address: string) => void
  heartbeatMillis?: number
  /** A clock in milliseconds, for sessions. */
  now?: () => number
}

export interface RunningServer {
  port: number
  /** The address that opens the app; where tokens are for one time, it carries the next one. */
  address: () => string
  /** Ends what has expired, as happens by itself, once a minute at least. */
  sweep: () => void
  /** Ends every connection; resolves when the port is free. */
  close(): Promise<void>
}

/**
 * Starts browser mode's server: what it serves commands the engine, which is root on this machine. So
 * it is on 127.0.0.1 and nowhere else, unless `listen` was made otherwise (see makeListen). Rejects
 * with a sentence when the asked port cannot be had.
 */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { listen = usualListen, idleMillis, now } = options
  const { tls, fileToken, hosts } = listen
  const readFile = await loadRendererFiles(options.rendererFolder)
  const server = tls ? createTlsServer(tls) : createServer()
  server.maxConnections = mostConnections
  server.requestTimeout = requestMillis
  const port = await bind(server, listen.address, options.port)
  const access = createAccess({ idleMillis, fileToken, ...(now && { now }) })
  const as: OpenedAs = { scheme: tls ? 'https' : 'http', hosts, port }
  const address = () => {
    const token = access.token()
    const query = token === null ? '' : `?token=${token}`
    return `${as.scheme}://${listen.shownHost}:${port}/${query}`
  }
  const onTokenUsed = () => options.onAddressUsed(address())
  const site: Site = { as, access, hasFileToken: fileToken !== null, readFile, onTokenUsed }

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(site, request, response).catch((error: unknown) => {
      log.error({ error }, 'a request could not be answered')
      response.destroy()
    })
  })
  const sockets = attachSockets(server, {
    refusal: (request) => refusalOfUpgrade(site, request),
    accept: options.acceptSocket,
    ...(options.heartbeatMillis !== undefined && { heartbeatMillis: options.heartbeatMillis }),
  })
  const sweep = () => {
    const expired = access.forgetExpired()
    sockets.endRefused()
    if (expired > 0) options.onExpired?.(address())
  }
  const sweeping = setInterval(sweep, Math.min(idleMillis, mostSweepMillis))
  sweeping.unref()

  return {
    port,
    address,
    sweep,
    async close() {
      clearInterval(sweeping)
      await sockets.close()
      await new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
    },
  }
}

async function bind(server: Server, address: string, port: number | null): Promise<number> {
  try {
    return await bindTo(server, address, port ?? defaultPort)
  } catch (error) {
    const code = systemCodeOf(error) ?? String(error)
    if (code === 'EADDRNOTAVAIL') {
      throw new Error(`${address} is no address of this machine; --listen takes one that is.`, {
        cause: error,
      })
    }
    if (port === null) return bindTo(server, address, 0)
    throw new Error(
      code === 'EADDRINUSE'
        ? `Port ${port} is in use; choose another one with --port, or leave the flag out.`
        : `Port ${port} cannot be used (${code}); choose another one with --port.`,
      { cause: error },
    )
  }
}

function bindTo(server: Server, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
