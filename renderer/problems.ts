import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import { errorCodes, problemData, type Problem } from '../preload/contract/errors'

/** The page lost its connection to the app's own process: no engine has anything to do with it. */
export class LinkLostError extends Error {
  override readonly name = 'LinkLostError'
}

const knownCode = z.enum(errorCodes)

/** Any failure of a call or a stream, as what the person is shown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ORPCError) return fromRpc(error as ORPCError<string, unknown>)
  if (error instanceof LinkLostError) {
    return {
      code: 'engine-unreachable',
      message: 'Longshore itself does not answer.',
      hint: 'If it was stopped, start it again; this page reconnects by itself.',
    }
  }
  if (error instanceof Error) {
    if (error.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.' }
    return { code: 'engine-error', message: error.message || 'Something failed.' }
  }
  return { code: 'engine-error', message: 'Something failed.', engineMessage: String(error) }
}

function fromRpc(error: ORPCError<string, unknown>): Problem {
  const code = knownCode.safeParse(error.code)
  const data = problemData.safeParse(error.data)
  return {
    code: code.success ? code.data : 'engine-error',
    message: error.message,
    ...(data.success && data.data),
  }
}
