import type { Readable } from 'node:stream'
import { rootCertificates } from 'node:tls'
import { Agent, request, type Dispatcher } from 'undici'
import { asRequestFailure, RequestFailure } from './requestFailure'

export interface TransportRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  /** The `Authorization` header. It never leaves the host that it was given for. */
  authorization?: string | undefined
  /** A stream goes out as it is read; redirects are not followed then. */
  body?: string | Uint8Array | Readable
  /**
   * Which redirects of GET and HEAD are followed. `same-host`: on the host itself, or up to https on it.
   * `any-host`: to storage elsewhere too, but never from https to http.
   */
  follow: 'same-host' | 'any-host'
  /** How long to wait for the beginning of an answer while nothing moves. */
  headersMillis?: number
  /** Ends the request and the reading of its answer; its reason is thrown. */
  signal: AbortSignal
}

export interface TransportAnswer {
  /** Where the answer came from in the end. */
  url: URL
  status: number
  headers: Headers
  /** To be read, dumped or destroyed. Fails when it stays silent, and when it ends too early. */
  body: Dispatcher.ResponseData['body']
}

export interface Transport {
  /**
   * Sends one request.
   *
   * @throws RequestFailure, or what the signal or the body's stream failed with
   */
  send(url: URL, request: TransportRequest): Promise<TransportAnswer>
  /** Ends all connections; what goes on is rejected with an AbortError. */
  close(): Promise<void>
}

export interface TransportTrust {
  /** PEM, trusted beside the authorities that Node knows. */
  ca: string | null
  /** The one host name whose certificate is not verified. */
  unverifiedHostname: string | null
}

export interface TransportTimeouts {
  connectMillis: number
  headersMillis: number
  /** How long a body may be silent while it is read. */
  bodyIdleMillis: number
}

const DEFAULT_TIMEOUTS: TransportTimeouts = {
  connectMillis: 10_000,
  headersMillis: 60_000,
  bodyIdleMillis: 60_000,
}
const MAX_REDIRECTS = 5
const MAX_DUMPED_BYTES = 64 * 1024

/** The one way by which requests go to registries, their token servers and their storage. */
export function createTransport(
  { ca, unverifiedHostname }: TransportTrust,
  timeouts: Partial<TransportTimeouts> = {},
): Transport {
  const { connectMillis, headersMillis, bodyIdleMillis } = { ...DEFAULT_TIMEOUTS, ...timeouts }
  const agent = (rejectUnauthorized: boolean) =>
    new Agent({
      bodyTimeout: bodyIdleMillis,
      connect: {
        timeout: connectMillis,
        rejectUnauthorized,
        ...(ca !== null && { ca: [...rootCertificates, ca] }),
      },
    })
  const verifying = agent(true)
  const trusting = unverifiedHostname === null ? null : agent(false)

  async function sendOnce(url: URL, asked: TransportRequest, authorization: string | undefined) {
    try {
      const { statusCode, headers, body } = await request(url, {
        dispatcher: trusting !== null && url.hostname === unverifiedHostname ? trusting : verifying,
        method: asked.method,
        headers: { ...asked.headers, ...(authorization !== undefined && { authorization }) },
        body: asked.body ?? null,
        headersTimeout: asked.headersMillis ?? headersMillis,
        signal: asked.signal,
      })
      return { url, status: statusCode, headers: asHeaders(headers), body }
    } catch (error) {
      throw asRequestFailure(error)
    }
  }

  return {
    async send(start, asked) {
      let url = start
      for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
        const authorization = isSamePlace(start, url) ? asked.authorization : undefined
        const answer = await sendOnce(url, asked, authorization)
        const target = redirectTarget(answer)
        if (target === null) return answer
        await answer.body.dump({ limit: MAX_DUMPED_BYTES, signal: asked.signal })
        if (!mayFollow(asked, url, target)) throw new RequestFailure('redirected', target.host)
        url = target
      }
      throw new RequestFailure('redirected', url.host)
    },
    async close() {
      const reason = new DOMException('The connection to the registry was closed.', 'AbortError')
      await Promise.all([verifying.destroy(reason), trusting?.destroy(reason)])
    },
  }
}

/** Whether what is meant for one URL may go to the other: the same host, or up to https on it. */
export function isSamePlace(from: URL, to: URL): boolean {
  if (from.protocol === to.protocol) return from.host === to.host
  return from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname
}

/** Whether a request may go on there without its secrets: over HTTP, and never from https to http. */
export function isNoDowngrade(from: URL, to: URL): boolean {
  return to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:')
}

function mayFollow({ method, follow }: TransportRequest, from: URL, to: URL): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return follow === 'same-host' ? isSamePlace(from, to) : isNoDowngrade(from, to)
}

function redirectTarget({ url, status, headers }: TransportAnswer): URL | null {
  const location = headers.get('location')
  if (location === null || status < 300 || status > 399) return null
  return URL.canParse(location, url.href) ? new URL(location, url) : null
}

function asHeaders(given: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) {
    for (const each of [value ?? []].flat()) headers.append(name, each)
  }
  return headers
}
