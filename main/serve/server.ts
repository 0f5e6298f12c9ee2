import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WebSocket } from 'ws'
import { systemCodeOf } from '../systemFiles'
import { defaultPort } from '../launch'
import { createAccess, type Access } from './access'
import { securityHeaders } from './headers'
import {
  noSessionPage,
  tooManyTokensPage,
  welcomePage,
  welcomeScript,
  welcomeScriptPath,
  wrongHostText,
  wrongTokenPage,
} from './pages'
import { loadRendererFiles } from './renderer-files'
import { cookieName, cookieOf, isForUs, isFromUs, isNavigation, targetOf } from './requests'
import { attachSockets } from './sockets'

export interface ServeOptions {
  /** The folder of the built page. */
  rendererFolder: string
  /** Serves the app on a WebSocket of a page that showed its session. */
  acceptSocket: (socket: WebSocket) => Promise<void>
  /** Null: `defaultPort`, or a free one where that is taken. */
  port: number | null
  /** Called with a fresh address whenever one has been used, so that one always works. */
  onAddressUsed: (next: string) => void
  heartbeatMillis?: number
}

export interface RunningServer {
  port: number
  /** The address that opens the app once: it carries the one-time token. */
  address: () => string
  /** Ends every connection; resolves when the port is free. */
  close(): Promise<void>
}

interface Site extends Pick<ServeOptions, 'onAddressUsed'> {
  port: number
  access: Access
  address: () => string
  readFile: Awaited<ReturnType<typeof loadRendererFiles>>
}

/**
 * Starts browser mode's server, on 127.0.0.1 and nowhere else: what it serves commands the engine,
 * which is root on this machine. Rejects with a sentence when the asked port cannot be had.
 */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const readFile = await loadRendererFiles(options.rendererFolder)
  const server = createServer()
  const port = await listen(server, options.port)
  const access = createAccess()
  const address = () => `http://127.0.0.1:${port}/?token=${access.token()}`
  const site: Site = { port, access, address, readFile, onAddressUsed: options.onAddressUsed }

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(site, request, response)
  })
  const closeSockets = attachSockets(server, {
    refusal: (request) => refusalOfUpgrade(site, request),
    accept: options.acceptSocket,
    ...(options.heartbeatMillis !== undefined && { heartbeatMillis: options.heartbeatMillis }),
  })

  return {
    port,
    address,
    async close() {
      await closeSockets()
      await new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
    },
  }
}

async function listen(server: Server, port: number | null): Promise<number> {
  try {
    return await listenAt(server, port ?? defaultPort)
  } catch (error) {
    if (port === null) return listenAt(server, 0)
    const code = systemCodeOf(error) ?? String(error)
    throw new Error(
      code === 'EADDRINUSE'
        ? `Port ${port} is in use; choose another one with --port, or leave the flag out.`
        : `Port ${port} cannot be used (${code}); choose another one with --port.`,
      { cause: error },
    )
  }
}

function listenAt(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** The checks of every WebSocket, before the upgrade. */
function refusalOfUpgrade(site: Site, request: IncomingMessage): number | null {
  if (!isForUs(request, site.port) || !isFromUs(request)) return 403
  const target = targetOf(request)
  if (target?.pathname !== '/rpc') return 404
  const session = cookieOf(request, cookieName(site.port))
  const key = target.searchParams.get('key')
  return session !== null && key !== null && site.access.opens(session, key) ? null : 401
}

function answer(site: Site, request: IncomingMessage, response: ServerResponse): void {
  if (!isForUs(request, site.port)) return send(request, response, 403, text(wrongHostText))
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    if (!isFromUs(request)) return send(request, response, 403, text('Not a page of Longshore.\n'))
    response.setHeader('Allow', 'GET, HEAD')
    return send(request, response, 405, text('Only GET and HEAD are answered.\n'))
  }
  const target = targetOf(request)
  if (!target) return send(request, response, 400, text('This is not a path.\n'))
  const token = target.pathname === '/' ? target.searchParams.get('token') : null
  if (token !== null) return answerToken(site, token, request, response)
  if (!hasSession(site, request)) return send(request, response, 401, html(noSessionPage))
  if (target.pathname === welcomeScriptPath) {
    return send(request, response, 200, script(welcomeScript))
  }
  const file = site.readFile(target.pathname)
  if (!file) return send(request, response, 404, text('There is nothing here.\n'))
  send(request, response, 200, file)
}

/**
 * Takes the one-time token of an opened address. The only thing a GET changes is whether this
 * browser is let in, and only for a person who opened the address: not for an image or a frame in
 * some page, which could otherwise use up the attempts.
 */
function answerToken(
  site: Site,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const exchange: ReturnType<Access['exchange']> =
    request.method === 'GET' && isNavigation(request)
      ? site.access.exchange(token)
      : { kind: 'wrong' }
  if (exchange.kind === 'accepted') {
    const cookie = `${cookieName(site.port)}=${exchange.session}; Path=/; HttpOnly; SameSite=Strict`
    response.setHeader('Set-Cookie', cookie)
    send(request, response, 200, html(welcomePage(exchange.key)))
    site.onAddressUsed(site.address())
  } else if (hasSession(site, request)) {
    // An old address, opened again in a browser that was let in before.
    response.setHeader('Location', '/')
    send(request, response, 303, text(''))
  } else if (exchange.kind === 'limited') {
    response.setHeader('Retry-After', '60')
    send(request, response, 429, html(tooManyTokensPage))
  } else {
    send(request, response, 403, html(wrongTokenPage))
  }
}

function hasSession(site: Site, request: IncomingMessage): boolean {
  const session = cookieOf(request, cookieName(site.port))
  return session !== null && site.access.isSession(session)
}

interface Content {
  body: Buffer
  contentType: string
  immutable?: boolean
}

function html(page: string): Content {
  return { body: Buffer.from(page), contentType: 'text/html; charset=utf-8' }
}

function script(code: string): Content {
  return { body: Buffer.from(code), contentType: 'text/javascript; charset=utf-8' }
}

function text(words: string): Content {
  return { body: Buffer.from(words), contentType: 'text/plain; charset=utf-8' }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  content: Content,
): void {
  response.writeHead(status, {
    ...securityHeaders,
    'Cache-Control': content.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    'Content-Type': content.contentType,
    'Content-Length': content.body.length,
  })
  response.end(request.method === 'HEAD' ? undefined : content.body)
}
