import type { IncomingMessage } from 'node:http'

/** By which addresses a server is opened. */
export interface OpenedAs {
  scheme: 'http' | 'https'
  /** Without port, in lower case; IPv6 in brackets. */
  hosts: readonly string[]
  port: number
}

/**
 * Whether the request names this server as its host. Any other name means that a browser was led
 * here by a name that resolves to this machine (DNS rebinding), whose page would then count as ours.
 */
export function isForUs(request: IncomingMessage, { scheme, hosts, port }: OpenedAs): boolean {
  const named = request.headers.host?.toLowerCase()
  // Browsers leave out the port that belongs to the scheme.
  const ends = port === (scheme === 'https' ? 443 : 80) ? [`:${port}`, ''] : [`:${port}`]
  return hosts.some((host) => ends.some((end) => named === `${host}${end}`))
}

/**
 * Whether the request was made by a page of this server. Browsers put `Origin` on every WebSocket
 * and on every request that is not GET or HEAD. Only sound after `isForUs`.
 */
export function isFromUs(request: IncomingMessage, { scheme }: OpenedAs): boolean {
  const { origin, host } = request.headers
  return host !== undefined && origin === `${scheme}://${host.toLowerCase()}`
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

/**
 * The cookie's name. Cookies do not know ports: two Longshores on one host need two names. Over TLS
 * browsers take a `__Host-` cookie only from this very host, over TLS and for every path: nobody
 * beside it (another name below the same domain, plain HTTP) can put one of theirs in its place.
 */
export function cookieName({ scheme, port }: OpenedAs): string {
  return `${scheme === 'https' ? '__Host-' : ''}longshore-${port}`
}

/** The value of a cookie in the request, or null. */
export function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const part of request.headers.cookie?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}

/** The first bytes of a request as text; null when there are more than `most`, or none come. */
export async function bodyOf(request: IncomingMessage, most: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > most) return null
      chunks.push(chunk)
    }
  } catch {
    // Whoever sent it is gone.
    return null
  }
  return Buffer.concat(chunks).toString('utf8')
}
