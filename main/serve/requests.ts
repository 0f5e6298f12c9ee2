import type { IncomingMessage } from 'node:http'

/**
 * Whether the request names this server as its host. Any other name means that a browser was led
 * here by a name that resolves to loopback (DNS rebinding), whose page would then count as ours.
 */
export function isForUs(request: IncomingMessage, port: number): boolean {
  const host = request.headers.host?.toLowerCase()
  return host === `127.0.0.1:${port}` || host === `localhost:${port}` || host === `[::1]:${port}`
}

/**
 * Whether the request was made by a page of this server. Browsers put `Origin` on every WebSocket
 * and on every request that is not GET or HEAD. Only sound after `isForUs`.
 */
export function isFromUs(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  return host !== undefined && origin === `http://${host.toLowerCase()}`
}

/**
 * Whether the request can be a person opening an address: browsers mark what a page loads by itself
 * (an image, a frame, a fetch). Clients that mark nothing pass.
 */
export function isNavigation(request: IncomingMessage): boolean {
  const destination = request.headers['sec-fetch-dest']
  return destination === undefined || destination === 'document'
}

/** The request's URL, or null for a target that is not a path (`*`, a whole URL, a host). */
export function targetOf(request: IncomingMessage): URL | null {
  if (!request.url?.startsWith('/')) return null
  return URL.parse(`http://localhost${request.url}`)
}

/** The cookie's name. Cookies do not know ports: two Longshores on one host need two names. */
export function cookieName(port: number): string {
  return `longshore-${port}`
}

/** The value of a cookie in the request, or null. */
export function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const part of request.headers.cookie?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}
