import type { ErrorCode } from '../../preload/contract/errors'
import { say } from '../../preload/contract/say'

export type LoginRefusalReason =
  | 'unauthorized'
  | 'forbidden'
  | 'unreachable'
  | 'certificate'
  | 'not-tls'
  | 'timeout'
  | 'not-a-registry'
  | 'redirected'
  /** The registry wants the password sent in the clear, or to a place it may not choose. */
  | 'insecure-realm'
  | 'rate-limited'
  | 'registry-error'

/** Why a login is not kept, in words for the person. */
export interface LoginRefusal {
  reason: LoginRefusalReason
  /** The reason among the contract's codes. */
  code: ErrorCode
  /** One sentence: what happened. */
  message: string
  /** One sentence: what to do about it. */
  hint: string
}

/** Leaves a conversation with a registry or its token server that comes to no good. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(
    readonly reason: LoginRefusalReason,
    readonly detail = '',
    /** What was answered, if that is the reason. */
    readonly answer: RefusingAnswer | null = null,
  ) {
    super(reason)
  }
}

interface RefusingAnswer {
  status: number
  headers: Headers
  /** The beginning of the body. */
  body: string
}

/** The meaning of a status that is no success. */
export function refusedBy(answer: RefusingAnswer): Refused {
  const { status, headers } = answer
  if (status === 401) return new Refused('unauthorized', '', answer)
  if (status === 403) return new Refused('forbidden', '403', answer)
  if (status === 429) {
    return new Refused('rate-limited', waitInWords(headers.get('retry-after')), answer)
  }
  if (status >= 500) return new Refused('registry-error', `HTTP ${status}`, answer)
  return new Refused('not-a-registry', String(status), answer)
}

/** `Retry-After` is seconds or a date (RFC 9110, section 10.2.3). */
function waitInWords(retryAfter: string | null): string {
  if (retryAfter === null) return ''
  if (!/^\d{1,9}$/.test(retryAfter)) return say`until ${retryAfter.slice(0, 40)}`
  return Number(retryAfter) === 1 ? say`a second` : say`${retryAfter} seconds`
}

type Words = Omit<LoginRefusal, 'reason'>

/**
 * Puts a reason into words.
 *
 * @param detail - what belongs to the reason: the host redirected to, the realm, the HTTP status,
 *   the seconds to wait, the system's error code
 */
export function refusal(reason: LoginRefusalReason, host: string, detail = ''): LoginRefusal {
  return { reason, ...wordsFor[reason](host, detail) }
}

const wordsFor: Record<LoginRefusalReason, (host: string, detail: string) => Words> = {
  unauthorized: (host) => ({
    code: 'unauthorized',
    message: say`${host} refused this user name and password.`,
    hint: say`Check both. With two-factor sign-in, make an access token there and use it as the password.`,
  }),
  forbidden: (host, status) => ({
    code: 'unauthorized',
    message: say`${host} refuses access (HTTP ${status}).`,
    hint: say`Ask its administrator whether this account or this network may use it.`,
  }),
  unreachable: (host, detail) => ({
    code: 'not-found',
    message: say`No registry answers at ${host} (${detail}).`,
    hint: say`Check the host and the port, the network, and that the registry runs.`,
  }),
  certificate: (host, detail) => ({
    code: 'engine-error',
    message: say`The certificate of ${host} is not trusted (${detail}).`,
    hint: say`If it is your own, give its authority's certificate in the settings of this registry; the engine needs it too.`,
  }),
  'not-tls': (host, detail) => ({
    code: 'invalid-input',
    message: say`${host} does not speak HTTPS (${detail}).`,
    hint: say`Passwords go in plain HTTP only to registries on this machine: check the port, or set up TLS there.`,
  }),
  timeout: (host) => ({
    code: 'timeout',
    message: say`${host} did not answer in time.`,
    hint: say`Check the host and the network, then try again.`,
  }),
  'not-a-registry': (host, status) => ({
    code: 'invalid-input',
    message: say`What answers at ${host} is no container registry (HTTP ${status}).`,
    hint: say`Give the host of the registry itself, such as ghcr.io, not of its web site.`,
  }),
  redirected: (host, target) => ({
    code: 'invalid-input',
    message: say`${host} passes on to ${target}.`,
    hint: say`The password was not sent there. If you trust ${target}, log in to it by that name.`,
  }),
  'insecure-realm': (host, realm) => ({
    code: 'engine-error',
    message: say`${host} asks for the password to be sent unprotected to ${realm}.`,
    hint: say`The password was not sent. Ask its administrator to serve its token service over HTTPS.`,
  }),
  'rate-limited': (host, wait) => ({
    code: 'engine-error',
    message: say`${host} received too many requests from here.`,
    hint: wait === '' ? say`Wait a while, then try again.` : say`Wait ${wait}, then try again.`,
  }),
  'registry-error': (host, status) => ({
    code: 'engine-error',
    message: say`${host} could not answer (${status}).`,
    hint: say`The fault is on its side: try again later, or tell its administrator.`,
  }),
}
