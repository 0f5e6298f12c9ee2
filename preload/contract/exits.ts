import { z } from 'zod'
import { containerId, engineScope, moment } from './base'

/** How a container ended, as far as it is known. */
export const exitFacts = z.object({
  exitCode: z.number(),
  /** The engine was told by the kernel. */
  oomKilled: z.boolean(),
  /** It was stopped or killed through the engine while Longshore was connected. */
  asked: z.boolean(),
  /** Null: not known. */
  endedAt: moment.nullable(),
  /** How long it ran; null: not known. */
  ranMillis: z.number().nullable(),
  /** Of its last minute, where it had a limit and was measured. */
  memory: z.object({ limitBytes: z.number(), highestBytes: z.number() }).nullable(),
})
export type ExitFacts = z.infer<typeof exitFacts>

/** What an exit code can mean. */
export const exitKinds = [
  'ok',
  'error',
  'misuse',
  'engine',
  'notExecutable',
  'notFound',
  'interrupted',
  'aborted',
  'outOfMemory',
  'perhapsOutOfMemory',
  'killed',
  'killedOnRequest',
  'crashed',
  'brokenPipe',
  'terminated',
  'signal',
  'outOfRange',
] as const
export type ExitKind = (typeof exitKinds)[number]

/** Codes with a meaning of their own: shells' and docker's (125 to 127), and 128 + a signal. */
const known: Readonly<Record<number, ExitKind>> = {
  0: 'ok',
  2: 'misuse',
  125: 'engine',
  126: 'notExecutable',
  127: 'notFound',
  130: 'interrupted',
  134: 'aborted',
  137: 'killed',
  139: 'crashed',
  141: 'brokenPipe',
  143: 'terminated',
  255: 'outOfRange',
}

/** Linux knows signals 1 to 64. */
const FIRST_SIGNAL_CODE = 129
const LAST_SIGNAL_CODE = 192
/** From this share of its limit on, want of memory may have ended it. */
const NEAR_LIMIT = 0.9

/**
 * What an exit code means, and the number of the signal that it tells of (0: none). Only the engine's
 * word makes a 137 an end by want of memory; memory near the limit makes it a likely one.
 */
export function explainExit(
  facts: Pick<ExitFacts, 'exitCode' | 'oomKilled'> & Partial<ExitFacts>,
): { kind: ExitKind; signal: number } {
  const { exitCode, oomKilled, asked = false, memory = null } = facts
  const isSignal = exitCode >= FIRST_SIGNAL_CODE && exitCode <= LAST_SIGNAL_CODE
  const signal = isSignal ? exitCode - 128 : 0
  // A child may have been killed for memory, and the program have ended well after it.
  if (oomKilled && exitCode !== 0) return { kind: 'outOfMemory', signal }
  const kind = known[exitCode] ?? (isSignal ? 'signal' : 'error')
  if (kind !== 'killed') return { kind, signal }
  if (asked) return { kind: 'killedOnRequest', signal }
  const isNear = memory !== null && memory.highestBytes >= NEAR_LIMIT * memory.limitBytes
  return { kind: isNear ? 'perhapsOutOfMemory' : 'killed', signal }
}

/** A line of the end of a log. */
export interface LastLine {
  /** Null: the engine gave no time. */
  at: number | null
  stderr: boolean
  /** Without escapes; cut after 2,000 characters. */
  text: string
}

/** Waits for a container's end, and tells the person of it. */
export const waitRequest = engineScope.extend({ kind: z.literal('wait'), containerId })
export type WaitRequest = z.infer<typeof waitRequest>

export const waitResult = z.object({
  kind: z.literal('wait'),
  containerId,
  name: z.string(),
  exit: exitFacts,
})
