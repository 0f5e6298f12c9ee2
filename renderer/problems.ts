import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import { errorCodes, problemData, type Problem } from '../preload/contract/errors'
import { useWords } from './words'

/** The page lost its connection to the app's own process: no engine has anything to do with it. */
export class LinkLostError extends Error {
  override readonly name = 'LinkLostError'
}

const knownCode = z.enum(errorCodes)

/** Any failure of a call or a stream, as what the person is shown. */
export function toProblem(error: unknown): Problem {
  const { t } = useWords()
  if (error instanceof ORPCError) return fromRpc(error as ORPCError<string, unknown>)
  if (error instanceof LinkLostError) {
    return {
      code: 'engine-unreachable',
      message: t('ui.problems.linkLost'),
      hint: t('ui.problems.linkLostHint'),
    }
  }
  if (error instanceof Error) {
    if (error.name === 'AbortError')
      return { code: 'cancelled', message: t('ui.problems.cancelled') }
    return { code: 'engine-error', message: error.message || t('ui.problems.unknown') }
  }
  return { code: 'engine-error', message: t('ui.problems.unknown'), engineMessage: String(error) }
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
