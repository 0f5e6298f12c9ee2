import { say } from '../../preload/contract/say'
import { unknownAuthorityCodes } from '../certificateCodes'
import { Failure } from '../errors'

/** Why a request got no answer that counts. */
export type RequestFailureReason =
  | 'unreachable'
  /** The server's certificate is not trusted here. */
  | 'certificate'
  /** The server does not speak TLS, or not a kind that this side speaks. */
  | 'not-tls'
  | 'timeout'
  /** The server passes on to where this request may not go. */
  | 'redirected'

export class RequestFailure extends Error {
  override readonly name = 'RequestFailure'

  constructor(
    readonly reason: RequestFailureReason,
    /** The system's error code or words, or the host passed on to. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${reason}: ${detail}`, options)
  }
}

const CERTIFICATE_CODES = new Set([
  ...unknownAuthorityCodes,
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/**
 * Sorts what undici throws by the system's, OpenSSL's or its own code. An abort stays as it is, and
 * so do failures and errors without a code: they come from whoever gave the body or the signal.
 */
export function asRequestFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Failure) return error
  if (error.name === 'TimeoutError') {
    return new RequestFailure('timeout', say`no answer in time`, { cause: error })
  }
  if (error.name === 'AbortError') return error
  if (!('code' in error) || typeof error.code !== 'string') return error
  return new RequestFailure(reasonOf(error.code), error.code, { cause: error })
}

function reasonOf(code: string): RequestFailureReason {
  if (CERTIFICATE_CODES.has(code)) return 'certificate'
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO') {
    return 'not-tls'
  }
  return code.endsWith('_TIMEOUT') || code === 'ETIMEDOUT' ? 'timeout' : 'unreachable'
}
