import { ORPCError } from '@orpc/server'
import { statusOfCause } from './engines/dialect/podmanCauses'
import type { ErrorCode, Problem } from '../preload/contract/errors'
import type { ShownHostKey } from '../preload/contract/hostKeys'
import { say } from '../preload/contract/say'

/** A failure whose meaning is known where it is thrown. */
export class Failure extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly engineMessage: string | undefined
  readonly dangers: string[] | undefined
  readonly hostKey: ShownHostKey | undefined

  constructor(
    code: ErrorCode,
    message: string,
    more: {
      hint?: string | undefined
      engineMessage?: string | undefined
      dangers?: string[] | undefined
      hostKey?: ShownHostKey | undefined
      cause?: unknown
    } = {},
  ) {
    super(message, { cause: more.cause })
    this.name = 'Failure'
    this.code = code
    this.hint = more.hint
    this.engineMessage = more.engineMessage
    this.dangers = more.dangers
    this.hostKey = more.hostKey
  }

  static from(problem: Problem): Failure {
    return new Failure(problem.code, problem.message, problem)
  }
}

/** Any error as the plain data that crosses to the page. Never holds a stack. */
export function toProblem(error: unknown): Problem {
  const failure = toFailure(error)
  return {
    code: failure.code,
    message: failure.message,
    ...(failure.hint !== undefined && { hint: failure.hint }),
    ...(failure.engineMessage !== undefined && { engineMessage: failure.engineMessage }),
    ...(failure.dangers !== undefined && { dangers: failure.dangers }),
    ...(failure.hostKey !== undefined && { hostKey: failure.hostKey }),
  }
}

/** Any error as one that the contract declares. */
export function toRpcError(
  error: unknown,
): ORPCError<ErrorCode, Omit<Problem, 'code' | 'message'>> {
  const { code, message, ...data } = toProblem(error)
  return new ORPCError(code, { defined: true, message, data })
}

export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof ORPCError) return fromRpc(error as ORPCError<string, unknown>)
  if (!(error instanceof Error)) {
    return new Failure('engine-error', say`Something failed.`, { engineMessage: String(error) })
  }
  return (
    fromAbort(error) ??
    fromEngineAnswer(error) ??
    fromEncoding(error) ??
    fromSystem(error) ??
    new Failure('engine-error', error.message || say`Something failed.`, { cause: error })
  )
}

/** oRPC's own errors: input that the contract's schema refused. */
function fromRpc(error: ORPCError<string, unknown>): Failure {
  if (error.code !== 'BAD_REQUEST') {
    return new Failure('engine-error', error.message, { cause: error })
  }
  return new Failure('invalid-input', say`What was sent does not fit.`, {
    hint: describeIssues(error.data),
    cause: error,
  })
}

function describeIssues(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('issues' in data)) return undefined
  if (!Array.isArray(data.issues)) return undefined
  return data.issues
    .slice(0, 5)
    .map((issue: { path?: unknown[]; message?: string }) => {
      const path = (issue.path ?? []).map(String).join('.')
      return path ? `${path}: ${issue.message ?? ''}` : (issue.message ?? '')
    })
    .join(' ')
}

function fromAbort(error: Error): Failure | null {
  if (error.name === 'TimeoutError') {
    return new Failure('timeout', say`The engine did not answer in time.`, {
      hint: say`It may be busy; try again, or restart the engine if this goes on.`,
      cause: error,
    })
  }
  if (error.name === 'AbortError') {
    return new Failure('cancelled', say`Cancelled.`, { cause: error })
  }
  return null
}

/** True for an answer with a status of 400 or above, as docker-modem throws it. */
export function isEngineAnswer(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
}

/** An answer of the engine with a status of 400 or above, as docker-modem throws it. */
function fromEngineAnswer(error: Error): Failure | null {
  if (!isEngineAnswer(error)) return null
  const said = engineWords(error)
  const more = { engineMessage: said, cause: error }
  if (/no space left on device/i.test(said)) return diskFull(more)
  switch (statusOf(error, error.statusCode)) {
    case 400:
      return new Failure('invalid-input', say`The engine does not accept this.`, more)
    case 401:
    case 403:
      return new Failure('unauthorized', say`The engine or the registry refused access.`, {
        ...more,
        hint: say`Log in to the registry again, or check what this account may do.`,
      })
    case 404:
      return new Failure('not-found', say`It is not there any more.`, more)
    case 409:
      return new Failure('conflict', say`Its present state does not allow this.`, more)
    default:
      return new Failure('engine-error', say`The engine could not do it.`, more)
  }
}

/** Podman's `cause` beside a 500 tells what Docker would have told by the status. */
function statusOf(error: Error, status: number): number {
  if (status !== 500 || !('json' in error)) return status
  const { json } = error
  if (typeof json !== 'object' || json === null || !('cause' in json)) return status
  return (typeof json.cause === 'string' ? statusOfCause(json.cause) : null) ?? status
}

/** "No space left on device", wherever it came from. */
export function diskFull(more: { engineMessage?: string; cause?: unknown }): Failure {
  return new Failure('disk-full', say`The engine's disk is full.`, {
    ...more,
    hint: say`Remove images and containers that are not needed, then try again.`,
  })
}

/** The engine's message without docker-modem's "(HTTP code 404) no such container - " before it. */
function engineWords(error: Error): string {
  if ('json' in error && typeof error.json === 'object' && error.json !== null) {
    if ('message' in error.json && typeof error.json.message === 'string') return error.json.message
    if ('cause' in error.json && typeof error.json.cause === 'string') return error.json.cause
  }
  return error.message.replace(/^\(HTTP code \d+\) [^-]* - /, '').trim()
}

/** What `encodeURIComponent` and the query's encoder throw for half of a surrogate pair. */
function fromEncoding(error: Error): Failure | null {
  if (!(error instanceof URIError)) return null
  return new Failure('invalid-input', say`A text holds half a character, which cannot be sent.`, {
    hint: say`Type it again instead of pasting it.`,
    cause: error,
  })
}

function fromSystem(error: Error): Failure | null {
  if (!('code' in error) || typeof error.code !== 'string') return null
  const more = { engineMessage: error.message, cause: error }
  switch (error.code) {
    case 'ENOSPC':
      return new Failure('disk-full', say`The disk of this machine is full.`, {
        ...more,
        hint: say`Free some space, then try again.`,
      })
    case 'EACCES':
    case 'EPERM':
      return new Failure('permission-denied', say`This user may not use the engine's socket.`, {
        ...more,
        hint: say`Add yourself to the "docker" group (sudo usermod -aG docker $USER, then log in again), or use a rootless engine.`,
      })
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ENOTSOCK':
    case 'EPIPE':
    case 'ECONNRESET':
      return new Failure('engine-unreachable', say`The engine does not answer.`, {
        ...more,
        hint: say`Start it (for example: sudo systemctl start docker); Longshore reconnects by itself.`,
      })
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'ETIMEDOUT':
      return new Failure('engine-unreachable', say`The engine's host cannot be reached.`, {
        ...more,
        hint: say`Check the host's name, the network and a VPN; Longshore reconnects by itself.`,
      })
    default:
      return null
  }
}
