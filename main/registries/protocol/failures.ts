import { z } from 'zod'
import type { ErrorCode } from '../../../preload/contract/errors'
import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'
import { readJson } from '../json'
import { refusal, Refused, refusedBy } from '../loginRefusal'
import { RequestFailure } from '../requestFailure'

/** What a call was about, for the words of its failure. */
export interface Subject {
  /** `ghcr.io` */
  host: string
  /** Whether a user name and password, or a token, were there to be used. */
  isLoggedIn: boolean
  /** `team/app:1.0`, `the blob sha256:… of team/app`: what the registry has or has not. */
  thing: string
}

interface RetryAdvice {
  /** The same may work a little later. */
  isRetryable: boolean
  /** How long the registry wants to be left alone, if it said so. */
  retryAfterMillis: number | null
}

/** What came of a call to a registry, in words for the person. */
export class RegistryFailure extends Failure {
  readonly retry: RetryAdvice

  constructor(
    { code, message, hint }: { code: ErrorCode; message: string; hint: string },
    more: { engineMessage?: string | undefined; cause?: unknown; retry?: RetryAdvice } = {},
  ) {
    super(code, message, { hint, engineMessage: more.engineMessage, cause: more.cause })
    this.retry = more.retry ?? FOR_GOOD
  }
}

const FOR_GOOD: RetryAdvice = { isRetryable: false, retryAfterMillis: null }

/** An answer whose status is none that was hoped for. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall'

  constructor(
    readonly status: number,
    readonly headers: Headers,
    /** The beginning of the body. */
    readonly body: string,
    /** What the registry wants to see is there by now, yet what was sent cannot be sent again from here. */
    readonly isRepeatable = false,
  ) {
    super(`HTTP ${status}`)
  }
}

/** An answer that breaks the protocol. `message` ends the sentence that begins with the host. */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer'
}

/** Whether the same call may work a little later: connection drops, time-outs, 429, 500, 502, 503, 504. */
export function isRetryable(error: unknown): boolean {
  return error instanceof RegistryFailure && error.retry.isRetryable
}

/** How long the registry asked not to be called; null when it did not say. */
export function retryAfterMillis(error: unknown): number | null {
  return error instanceof RegistryFailure ? error.retry.retryAfterMillis : null
}

/** Puts whatever a call failed with into words. Failures, and what is not of a registry, stay. */
export function registryFailure(subject: Subject, error: unknown): unknown {
  if (error instanceof RefusedCall) return ofStatus(subject, error)
  if (error instanceof RequestFailure) return ofRequest(subject, error)
  if (error instanceof Refused) return ofToken(subject, error)
  if (error instanceof BrokenAnswer) {
    return new RegistryFailure(
      {
        code: 'engine-error',
        message: `${subject.host} ${error.message}.`,
        hint: say`Nothing was kept of it. Try again, and tell its administrator if this goes on.`,
      },
      { cause: error },
    )
  }
  return error
}

const RETRYABLE_STATUSES = new Set([429, 500, 502, 503, 504])

function ofStatus(subject: Subject, error: RefusedCall): RegistryFailure {
  const { status, headers, body } = error
  return new RegistryFailure(wordsForStatus(subject, error), {
    engineMessage: saidBy(body),
    cause: error,
    retry: {
      isRetryable: error.isRepeatable || RETRYABLE_STATUSES.has(status),
      retryAfterMillis: waitOf(headers.get('retry-after')),
    },
  })
}

function wordsForStatus({ host, isLoggedIn, thing }: Subject, error: RefusedCall) {
  const { status } = error
  switch (status) {
    case 401:
      if (!isLoggedIn) {
        return {
          code: 'unauthorized' as const,
          message: say`${host} wants a login for ${thing}.`,
          hint: say`Log in to it, then try again. If it is public, check the name: many registries answer so for what is not there.`,
        }
      }
      return {
        code: 'unauthorized' as const,
        message: say`${host} does not take your login for ${thing}.`,
        hint: say`Log in again, or with an account that has the right to it. Check the name as well.`,
      }
    case 403:
      return {
        code: 'unauthorized' as const,
        message: say`${host} refuses access to ${thing}.`,
        hint: isLoggedIn
          ? say`Your account may have no right to this: ask the owner, or log in with another account.`
          : say`Log in with an account that has the right to it.`,
      }
    case 404:
      return {
        code: 'not-found' as const,
        message: say`${host} has no ${thing.replace(/^the /, '')}.`,
        hint: say`Check the name. What is private may be hidden from an account without the right to it.`,
      }
    case 405:
      return {
        code: 'conflict' as const,
        message: say`${host} does not allow this for ${thing}.`,
        hint: say`It is not supported there, or switched off: ask its administrator.`,
      }
    default:
      if (status === 429 || status >= 500) {
        const { reason, detail } = refusedBy(error)
        return refusal(reason, host, detail)
      }
      return {
        code: status === 416 ? ('conflict' as const) : ('invalid-input' as const),
        message: say`${host} did not accept the request for ${thing} (HTTP ${status}).`,
        hint: say`Its own words say why.`,
      }
  }
}

/** Codes of failures for reasons that do not pass. HPE_INVALID_EOF_STATE: a body that broke off. */
const LASTING_CODES =
  /^(?:ENOTFOUND|EACCES|EPERM|ERR_|HPE_(?!INVALID_EOF_STATE)|UND_ERR_(?:INVALID|NOT_SUPPORTED|REQ_))/

function ofRequest({ host, thing }: Subject, error: RequestFailure): RegistryFailure {
  const { reason, detail } = error
  const isRetryable =
    reason === 'timeout' || (reason === 'unreachable' && !LASTING_CODES.test(detail))
  const more = { cause: error, retry: { isRetryable, retryAfterMillis: null } }
  if (reason === 'unreachable') {
    // What is not there may be asked for by `not-found`; here nobody knows.
    return new RegistryFailure({ ...refusal(reason, host, detail), code: 'engine-error' }, more)
  }
  if (reason === 'not-tls') {
    return new RegistryFailure(
      {
        ...refusal(reason, host, detail),
        hint: say`If it is meant to, allow plain HTTP in the settings of this registry; otherwise check the port.`,
      },
      more,
    )
  }
  if (reason === 'redirected') {
    return new RegistryFailure(
      {
        code: 'engine-error',
        message: say`${host} passes on to ${detail} for ${thing}, and that was not followed.`,
        hint: say`It leads from HTTPS to plain HTTP, in circles, or elsewhere with a login: tell its administrator.`,
      },
      more,
    )
  }
  return new RegistryFailure(refusal(reason, host, detail), more)
}

/** What stood in the way of a token, or of the very first question. */
function ofToken(subject: Subject, error: Refused): RegistryFailure {
  const { reason, detail, answer } = error
  if (answer !== null) {
    // A wrong refresh token is refused with 400.
    const status = reason === 'unauthorized' ? 401 : answer.status
    return ofStatus(subject, new RefusedCall(status, answer.headers, answer.body))
  }
  return new RegistryFailure(refusal(reason, subject.host, detail), { cause: error })
}

const errorBody = z.object({
  errors: z
    .array(
      z.object({
        code: z.string().optional(),
        message: z.string().optional(),
        detail: z.unknown().optional(),
      }),
    )
    .min(1),
})
/** Token servers, and proxies. */
const plainBody = z.object({
  details: z.string().optional(),
  message: z.string().optional(),
  error_description: z.string().optional(),
})
const MAX_SAID_LENGTH = 500

/** The registry's own words (distribution-spec, "Error Codes"), undefined when it has none. */
function saidBy(body: string): string | undefined {
  const listed = readJson(errorBody, body)?.errors.map(({ code, message, detail }) => {
    const words = [message ?? code ?? '', ...(typeof detail === 'string' ? [detail] : [])]
    return words.filter((each) => each !== '').join(': ')
  })
  const plain = readJson(plainBody, body)
  const said =
    listed?.join('; ') ?? plain?.details ?? plain?.message ?? plain?.error_description ?? ''
  return said === '' ? undefined : said.slice(0, MAX_SAID_LENGTH)
}

/** `Retry-After` in milliseconds: it is seconds or a date (RFC 9110, section 10.2.3). */
function waitOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000
  const at = Date.parse(retryAfter)
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now())
}
