import type { LogBatch, LogLine } from '../../../preload/contract/containers'
import { plainText } from './ansi'

/** What stands in the log view, one line each. `key` grows and never comes again. */
export type LogEntry =
  | (LogLine & { kind: 'line'; key: number; plain: string })
  | { kind: 'dropped'; key: number; count: number }
  | { kind: 'resumed'; key: number }

/** So many lines are kept; they are trimmed in steps, as each moves everything. */
const kept = 10_000
const step = 1_000

export interface LogBuffer {
  entries: LogEntry[]
  /** Lines that were here and are not kept any more. */
  trimmed: number
  nextKey: number
}

export function createLogBuffer(): LogBuffer {
  return { entries: [], trimmed: 0, nextKey: 0 }
}

/** Adds a batch, in place. Returns how many entries were trimmed from the beginning. */
export function addBatch(buffer: LogBuffer, { lines, dropped, resumed }: LogBatch): number {
  if (resumed) buffer.entries.push({ kind: 'resumed', key: buffer.nextKey++ })
  if (dropped > 0) buffer.entries.push({ kind: 'dropped', key: buffer.nextKey++, count: dropped })
  for (const line of lines) {
    const plain = plainText(line.text)
    buffer.entries.push({ ...line, kind: 'line', key: buffer.nextKey++, plain })
  }
  if (buffer.entries.length <= kept + step) return 0
  const removed = buffer.entries.length - kept
  buffer.entries.splice(0, removed)
  buffer.trimmed += removed
  return removed
}

/**
 * The lines of a batch that come after a moment: a log that is asked for again begins with what was
 * there before.
 */
export function after(batch: LogBatch, moment: string | null): LogBatch {
  if (moment === null) return batch
  const lines = batch.lines.filter(({ at }) => at === null || isLater(at, moment))
  return { ...batch, lines }
}

/** RFC 3339 of one engine, where digits of the fraction may be left out. */
function isLater(a: string, b: string): boolean {
  return comparable(a) > comparable(b)
}

function comparable(moment: string): string {
  return moment.replace(
    /(?:\.(\d+))?(?=Z|[+-]\d\d:\d\d$)/,
    (_, digits: string | undefined) => `.${(digits ?? '').padEnd(9, '0')}`,
  )
}
