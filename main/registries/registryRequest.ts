/** Why a request got no answer that counts. */
export type RequestFailureReason =
  | 'unreachable'
  /** The server's certificate is not trusted here. */
  | 'certificate'
  /** The server does not speak TLS, or not a kind that this side speaks. */
  | 'not-tls'
  | 'timeout'
  /** The server passes on to another host, or from https to http. */
  | 'redirected'

export class RequestFailure extends Error {
  override readonly name = 'RequestFailure'

  constructor(
    readonly reason: RequestFailureReason,
    /** The system's words, or the host passed on to. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${reason}: ${detail}`, options)
  }
}

export interface RegistryRequest {
  method?: 'GET' | 'POST'
  /** The `Authorization` header. It never leaves the host that it was given for. */
  authorization?: string
  /** A form, for a POST. */
  form?: URLSearchParams
  /** Ends the request; its reason is thrown, save a time-out, which is a RequestFailure. */
  signal: AbortSignal
}

export interface RegistryAnswer {
  /** Where the answer came from in the end: the same host. */
  url: URL
  status: number
  headers: Headers
  /** The beginning of the body. */
  body: string
}

const MAX_REDIRECTS = 5
const MAX_BODY_BYTES = 256 * 1024

/**
 * One request to a registry or its token server. Follows redirects only within the same host (or up
 * to https on it), so that neither the authorization nor the trust in an answer moves elsewhere.
 *
 * @throws RequestFailure
 */
export async function requestRegistry(
  start: URL,
  { method = 'GET', authorization, form, signal }: RegistryRequest,
): Promise<RegistryAnswer> {
  let url = start
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await send(url, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(authorization !== undefined && { authorization }),
      },
      ...(form && { body: form }),
      signal,
    })
    const location = redirectTarget(response, url)
    if (location === null) {
      const body = await readBeginning(response, signal)
      return { url, status: response.status, headers: response.headers, body }
    }
    await response.body?.cancel()
    if (method !== 'GET' || !isSamePlace(url, location)) {
      throw new RequestFailure('redirected', location.host)
    }
    url = location
  }
  throw new RequestFailure('redirected', url.host)
}

async function send(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw asRequestFailure(error)
  }
}

async function readBeginning(response: Response, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= MAX_BODY_BYTES) break
    }
  } catch (error) {
    throw asRequestFailure(signal.aborted ? signal.reason : error)
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString('utf8')
}

function redirectTarget(response: Response, from: URL): URL | null {
  const location = response.headers.get('location')
  if (location === null || response.status < 300 || response.status > 399) return null
  try {
    return new URL(location, from)
  } catch {
    return null
  }
}

function isSamePlace(from: URL, to: URL): boolean {
  if (from.protocol === to.protocol) return from.host === to.host
  return from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname
}

const CERTIFICATE_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/**
 * Sorts what fetch throws: a `TypeError` whose cause has the system's, OpenSSL's or undici's code.
 * Any other error is thrown as it is.
 */
function asRequestFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (error.name === 'TimeoutError') {
    return new RequestFailure('timeout', 'no answer in time', { cause: error })
  }
  if (error.name === 'AbortError') return error
  const cause = error.cause instanceof Error ? error.cause : error
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  return new RequestFailure(reasonOf(code), code || cause.message, { cause: error })
}

function reasonOf(code: string): RequestFailureReason {
  if (CERTIFICATE_CODES.has(code)) return 'certificate'
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO') {
    return 'not-tls'
  }
  return code.endsWith('_TIMEOUT') || code === 'ETIMEDOUT' ? 'timeout' : 'unreachable'
}
