import { say } from '../../../preload/contract/say'
import { linkSignals } from '../../deadline'
import { apiUrl, firstAnswer, hostnameOf } from '../firstContact'
import { canonicalHost, isLoopback } from '../hosts'
import { readBeginning } from '../registryRequest'
import { asRequestFailure } from '../requestFailure'
import {
  createTransport,
  isSamePlace,
  type TransportAnswer,
  type TransportRequest,
  type TransportTimeouts,
} from '../transport'
import type { RegistryAccess } from './access'
import { createAuthorization } from './authorization'
import { BrokenAnswer, RefusedCall, registryFailure } from './failures'
import type { Call } from './types'

export interface SessionRequest {
  method: TransportRequest['method']
  /** Below `/v2/`, with its query; or a whole URL that the registry gave. */
  to: string | URL
  /** What a token must allow: see `repositoryScope`. */
  scopes: string[]
  /** The statuses that are answers; others are thrown as RefusedCall. */
  expect: number[]
  headers?: Record<string, string>
  /** Bytes can be sent again after a challenge, a stream cannot. */
  body?: TransportRequest['body']
  headersMillis?: number
}

/** Sends requests within one call. */
export type Send = (request: SessionRequest) => Promise<TransportAnswer>

export interface Session {
  /** `docker.io`, `localhost:5000` */
  readonly host: string
  /**
   * Does the work of one call. What fails in it is thrown as a `RegistryFailure` about `thing`, or as the
   * reason of the call's signal.
   */
  run<Result>(
    thing: string,
    call: Call | undefined,
    work: (send: Send) => Promise<Result>,
  ): Promise<Result>
  /** An error of an answer's body that is read after `run`, as `run` would throw it. */
  failureOf(thing: string, error: Error): Error
  close(): Promise<void>
}

const ERROR_BODY_BYTES = 64 * 1024
/** How often a 401 is answered: the token got for it is new, and names all that was asked for. */
const MAX_CHALLENGES = 1

/** The connections and the authorization that the calls to one registry share. */
export function createSession(
  access: RegistryAccess,
  timeouts: Partial<TransportTimeouts> | undefined,
): Session {
  const host = canonicalHost(access.host)
  const transport = createTransport(
    { ca: access.ca, unverifiedHostname: access.skipVerify ? hostnameOf(host) : null },
    timeouts,
  )
  const authorization = createAuthorization(access, transport)
  const closing = new AbortController()
  let knownBase: URL | null = null

  async function base(signal: AbortSignal): Promise<URL> {
    if (access.scheme !== 'https-then-http') return apiUrl(access.scheme, host)
    if (knownBase !== null) return knownBase
    const plainAllowed = isLoopback(host)
    const { url, status } = await firstAnswer(transport, host, { plainAllowed, signal })
    const spoken = apiUrl(url.protocol === 'http:' ? 'http' : 'https', host)
    // A server that speaks TLS may answer 400 to plain HTTP.
    if (status === 200 || status === 401) knownBase = spoken
    return spoken
  }

  async function send(request: SessionRequest, signal: AbortSignal): Promise<TransportAnswer> {
    const { method, to, scopes, expect, headers = {}, body, headersMillis } = request
    const start = await base(signal)
    const url = typeof to === 'string' ? new URL(to, start) : to
    const isOwn = isSamePlace(start, url)
    let header = isOwn ? await authorization.headerFor(scopes, signal) : undefined
    for (let challenges = 0; ; challenges++) {
      const answer = await transport.send(url, {
        method,
        headers,
        authorization: header,
        ...(body !== undefined && { body }),
        ...(headersMillis !== undefined && { headersMillis }),
        follow: 'any-host',
        signal,
      })
      if (expect.includes(answer.status)) return answer
      const said = await readBeginning(answer, ERROR_BODY_BYTES)
      const refused = (isRepeatable = false) =>
        new RefusedCall(answer.status, answer.headers, said, isRepeatable)
      // Storage that a redirect led to is not told who asks.
      const mayAnswer = isSamePlace(start, answer.url) && challenges < MAX_CHALLENGES
      if (answer.status !== 401 || !mayAnswer) throw refused()
      const next = await authorization.afterChallenge(answer, header, scopes, signal)
      if (next === null) throw refused()
      if (isSpent(body)) throw refused(true)
      header = next
    }
  }

  const failureOf = (thing: string, error: Error) => {
    const failure = registryFailure(
      { host, isLoggedIn: access.credential !== null, thing },
      asRequestFailure(error),
    )
    return failure instanceof Error ? failure : error
  }

  return {
    host,
    async run(thing, call, work) {
      const link = linkSignals([call?.signal, closing.signal])
      try {
        link.signal.throwIfAborted()
        return await work((request) => send(request, link.signal))
      } catch (error) {
        link.signal.throwIfAborted()
        throw error instanceof Error ? failureOf(thing, error) : error
      } finally {
        link.release()
      }
    },
    failureOf,
    async close() {
      closing.abort(new DOMException('The connection to the registry was closed.', 'AbortError'))
      await transport.close()
    },
  }
}

function isSpent(body: SessionRequest['body']): boolean {
  return body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)
}

/**
 * The whole body of an answer.
 *
 * @throws BrokenAnswer when it is larger than the limit
 */
export async function readWhole(answer: TransportAnswer, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limitBytes) {
      throw new BrokenAnswer(
        say`sent more than the ${limitBytes / 1024 / 1024} MiB that this may have`,
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Lets go of an answer whose headers said everything, so that its connection can be used again. */
export async function discard(answer: TransportAnswer): Promise<void> {
  await answer.body.dump({ limit: ERROR_BODY_BYTES })
}

/** The value of a JSON body. @throws BrokenAnswer */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new BrokenAnswer(say`sent what is no JSON`)
  }
}
