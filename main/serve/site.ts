import type { IncomingMessage, ServerResponse } from 'node:http'
import { sessionKeyName, socketPath, usePath } from '../../preload/contract/session'
import type { Access, Exchange } from './access'
import { html, script, send, sendStatus, text } from './answers'
import {
  enterPage,
  enterPath,
  enterScript,
  enterScriptPath,
  noSessionPage,
  tooManyTokensPage,
  welcomePage,
  welcomeScript,
  welcomeScriptPath,
  wrongHostText,
  wrongTokenPage,
} from './pages'
import type { loadRendererFiles } from './renderer-files'
import {
  bodyOf,
  cookieName,
  cookieOf,
  isForUs,
  isFromUs,
  isNavigation,
  targetOf,
  type OpenedAs,
} from './requests'

/** A token is not longer. */
const mostTokenBytes = 4096

/** What browser mode serves, and to whom. */
export interface Site {
  as: OpenedAs
  access: Access
  /** The token is in a file: it is typed into a page, and never part of an address. */
  hasFileToken: boolean
  readFile: Awaited<ReturnType<typeof loadRendererFiles>>
  /** A one-time token was used. */
  onTokenUsed: () => void
}

/** The status that a WebSocket is refused with, before the upgrade; null: it may open. */
export function refusalOfUpgrade(site: Site, request: IncomingMessage): number | null {
  if (!isForUs(request, site.as) || !isFromUs(request, site.as)) return 403
  const target = targetOf(request)
  if (target?.pathname !== socketPath) return 404
  return mayOpen(site, request, target) ? null : 401
}

/** Whether the request shows a session, and the key that goes with it. */
function mayOpen(site: Site, request: IncomingMessage, target: URL): boolean {
  const session = sessionOf(site, request)
  const key = target.searchParams.get('key')
  return session !== null && key !== null && site.access.opens(session, key)
}

/** Answers every request; of what it serves, only the exchange of a token changes anything. */
export async function answer(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isForUs(request, site.as)) {
    return send(request, response, 403, text(wrongHostText(site.as.hosts)))
  }
  const target = targetOf(request)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    if (!isFromUs(request, site.as)) {
      return send(request, response, 403, text('Not a page of Longshore.\n'))
    }
    return answerPost(site, request, response, target)
  }
  if (!target) return send(request, response, 400, text('This is not a path.\n'))
  const token = target.pathname === '/' ? target.searchParams.get('token') : null
  if (token !== null && !site.hasFileToken) return answerToken(site, token, request, response)
  // Before a page connects again, it asks whether that is of use: a WebSocket tells no status.
  if (target.pathname === socketPath) {
    return sendStatus(response, mayOpen(site, request, target) ? 204 : 401)
  }
  if (!hasSession(site, request)) return answerStranger(site, target, request, response)
  if (target.pathname === welcomeScriptPath) {
    return send(request, response, 200, script(welcomeScript))
  }
  const file = site.readFile(target.pathname)
  if (!file) return send(request, response, 404, text('There is nothing here.\n'))
  send(request, response, 200, file)
}

/** What a browser without a session gets: how to be let in. */
function answerStranger(
  site: Site,
  target: URL,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!site.hasFileToken) return send(request, response, 401, html(noSessionPage))
  if (target.pathname === enterScriptPath) {
    return send(request, response, 200, script(enterScript))
  }
  send(request, response, 401, html(enterPage))
}

/** The two things that a page of ours may post: that it is used, and the token of the file. */
async function answerPost(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  target: URL | null,
): Promise<void> {
  if (request.method === 'POST' && target?.pathname === usePath) {
    const session = sessionOf(site, request)
    const key = request.headers[sessionKeyName]
    const used = session !== null && typeof key === 'string' && site.access.use(session, key)
    return sendStatus(response, used ? 204 : 401)
  }
  if (request.method === 'POST' && target?.pathname === enterPath && site.hasFileToken) {
    return answerEntry(site, request, response)
  }
  response.setHeader('Allow', 'GET, HEAD')
  send(request, response, 405, text('Only GET and HEAD are answered.\n'))
}

/** Takes the token of the file, which a person typed into our page. */
async function answerEntry(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const token = await bodyOf(request, mostTokenBytes)
  const exchange: Exchange = token === null ? { kind: 'wrong' } : site.access.exchange(token.trim())
  if (exchange.kind === 'accepted') {
    setSession(site, response, exchange.session)
    return send(request, response, 200, text(exchange.key))
  }
  if (exchange.kind === 'limited') response.setHeader('Retry-After', '60')
  sendStatus(response, exchange.kind === 'limited' ? 429 : 403)
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
  const exchange: Exchange =
    request.method === 'GET' && isNavigation(request)
      ? site.access.exchange(token)
      : { kind: 'wrong' }
  if (exchange.kind === 'accepted') {
    setSession(site, response, exchange.session)
    send(request, response, 200, html(welcomePage(exchange.key)))
    site.onTokenUsed()
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

function setSession({ as }: Site, response: ServerResponse, session: string): void {
  const secure = as.scheme === 'https' ? '; Secure' : ''
  response.setHeader(
    'Set-Cookie',
    `${cookieName(as)}=${session}; Path=/; HttpOnly; SameSite=Strict${secure}`,
  )
}

function sessionOf(site: Site, request: IncomingMessage): string | null {
  return cookieOf(request, cookieName(site.as))
}

function hasSession(site: Site, request: IncomingMessage): boolean {
  const session = sessionOf(site, request)
  return session !== null && site.access.isSession(session)
}
