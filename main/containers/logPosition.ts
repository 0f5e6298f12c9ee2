import type { LogLine } from '../../preload/contract/containers'

/** Lines of the two streams may be stamped slightly out of order, nanoseconds. */
const slackNanos = 2_000_000_000n

/**
 * Remembers how far a log was read, so that reading on after an interruption repeats nothing and
 * loses nothing: per stream the last time stamp, and how many lines carried it.
 */
export class LogPosition {
  readonly #last = new Map<LogLine['stream'], { at: string; count: number }>()
  readonly #skip = new Map<LogLine['stream'], { at: string; count: number }>()

  /** True for a line that was not delivered before; notes it. */
  accept({ stream, at }: LogLine): boolean {
    if (at === null) return true
    const skip = this.#skip.get(stream)
    if (skip) {
      if (compareTimes(at, skip.at) < 0) return false
      if (at === skip.at && skip.count > 0) {
        skip.count -= 1
        return false
      }
      if (at !== skip.at) this.#skip.delete(stream)
    }
    const last = this.#last.get(stream)
    this.#last.set(stream, { at, count: last?.at === at ? last.count + 1 : 1 })
    return true
  }

  /** Call before reading on: from here on, lines that were delivered are recognised. */
  resume(): void {
    this.#skip.clear()
    for (const [stream, last] of this.#last) this.#skip.set(stream, { ...last })
  }

  /** The engine's `since`, seconds with a fraction; null when nothing was read yet. */
  since(): string | null {
    let newest: bigint | null = null
    for (const { at } of this.#last.values()) {
      const nanos = nanosOf(at)
      if (newest === null || nanos > newest) newest = nanos
    }
    if (newest === null) return null
    const from = newest > slackNanos ? newest - slackNanos : 0n
    return `${from / 1_000_000_000n}.${String(from % 1_000_000_000n).padStart(9, '0')}`
  }
}

/** An RFC 3339 time with up to nine digits of fraction, as nanoseconds since 1970. */
export function nanosOf(at: string): bigint {
  const [, seconds = '', fraction = '', zone = 'Z'] =
    /^(.*?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(at) ?? []
  const millis = Date.parse(`${seconds}${zone}`)
  if (Number.isNaN(millis)) return 0n
  return BigInt(millis) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}

function compareTimes(left: string, right: string): number {
  const difference = nanosOf(left) - nanosOf(right)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
