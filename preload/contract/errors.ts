import { z } from 'zod'
import { shownHostKey } from './hostKeys'

/**
 * Every way in which a call can fail, as the person sees it. The engine's own words travel in
 * `engineMessage`; `hint` says what to do.
 */
export const errorCodes = [
  'engine-unreachable',
  'permission-denied',
  'not-found',
  'conflict',
  'unauthorized',
  'invalid-input',
  'confirmation-needed',
  'untrusted-host',
  'disk-full',
  'cancelled',
  'timeout',
  'engine-error',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** A failure as plain data, for states and job results; calls throw it as an oRPC error. */
export const problem = z.object({
  code: z.enum(errorCodes),
  /** One sentence: what happened. */
  message: z.string(),
  /** One sentence: what to do about it. */
  hint: z.string().optional(),
  /** What the engine or the registry said, word for word. */
  engineMessage: z.string().optional(),
  /** With `confirmation-needed`: what the person must accept, by name. */
  dangers: z.array(z.string()).optional(),
  /** With `untrusted-host`: the key that the host showed. */
  hostKey: shownHostKey.optional(),
})

export type Problem = z.infer<typeof problem>

/** What an oRPC error carries beside its code and message. */
export const problemData = problem.omit({ code: true, message: true })

type ErrorMap = Record<ErrorCode, { data: typeof problemData }>

/** The error map every procedure of the contract declares. */
export const errorMap = Object.fromEntries(
  errorCodes.map((code) => [code, { data: problemData }]),
) as ErrorMap
