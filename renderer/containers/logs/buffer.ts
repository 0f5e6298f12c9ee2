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

/** Where a log that is asked for again joins what was read of it before. */
export interface LogSeam {
  /** The log is about to begin again. False if its lines carry no times: nothing tells them apart. */
  beginAgain(): boolean
  /** A batch without the lines that were read before. */
  fresh(batch: LogBatch): LogBatch
}

/**
 * Tells lines that come twice by their times. Many lines share one, as Podman's are of whole
 * seconds; so it counts how many of the newest time were read.
 */
export function createLogSeam(): LogSeam {
  let newest = { at: '', count: 0 }
  let skip: { at: string; count: number } | null = null

  function isFresh(at: string): boolean {
    if (skip === null) return true
    if (at > skip.at) {
      skip = null
      return true
    }
    return at === skip.at && --skip.count < 0
  }

  return {
    beginAgain() {
      skip = newest.at === '' ? null : { ...newest }
      return skip !== null
    },
    fresh(batch) {
      const lines = batch.lines.filter((line) => {
        if (line.at === null) return true
        const at = comparable(line.at)
        if (!isFresh(at)) return false
        if (at === newest.at) newest.count++
        else if (at > newest.at) newest = { at, count: 1 }
        return true
      })
      return { ...batch, lines }
    },
  }
}

/** RFC 3339 of one engine, where digits of the fraction may be left out. */
function comparable(moment: string): string {
  return moment.replace(
    /(?:\.(\d+))?(?=Z|[+-]\d\d:\d\d$)/,
    (_, digits: string | undefined) => `.${(digits ?? '').padEnd(9, '0')}`,
  )
}
