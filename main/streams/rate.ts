export interface RateOptions {
  /** A monotonic clock, in milliseconds. */
  now?: () => number
  /** How far back the average reaches. */
  windowMillis?: number
}

/** The speed of something that counts bytes, and what it says about the time left. */
export interface Rate {
  /** Notes the bytes transferred so far, in total. A count that went backwards starts anew. */
  record(totalBytes: number): void
  /** The average over the window, up to now; null when nothing moved in it. */
  bytesPerSecond(): number | null
  /** Seconds until that many bytes have moved at the present speed; null when it cannot be said. */
  etaSeconds(remainingBytes: number | null): number | null
}

interface Sample {
  atMillis: number
  totalBytes: number
}

const DEFAULT_WINDOW_MILLIS = 5_000
/** Samples closer than this replace each other, so a window holds a bounded number of them. */
const SAMPLE_SPACING_MILLIS = 100

/**
 * A sliding-window average: bytes gained since the window's oldest sample, divided by the measured
 * time from that sample until now. The time counts on while nothing arrives, so a stalled transfer
 * slows down and then has no speed.
 */
export function createRate({
  now = () => performance.now(),
  windowMillis = DEFAULT_WINDOW_MILLIS,
}: RateOptions = {}): Rate {
  let samples: Sample[] = []

  function forgetOld(atMillis: number): void {
    const oldest = samples.findIndex((sample) => sample.atMillis >= atMillis - windowMillis)
    samples = oldest === -1 ? [] : samples.slice(oldest)
  }

  function bytesPerSecond(): number | null {
    const atMillis = now()
    forgetOld(atMillis)
    const first = samples[0]
    const last = samples.at(-1)
    if (first === undefined || last === undefined) return null
    const gained = last.totalBytes - first.totalBytes
    const elapsedMillis = atMillis - first.atMillis
    return gained > 0 && elapsedMillis > 0 ? (gained / elapsedMillis) * 1_000 : null
  }

  return {
    record(totalBytes) {
      const sample = { atMillis: now(), totalBytes }
      const last = samples.at(-1)
      if (last !== undefined && totalBytes < last.totalBytes) samples = []
      const previous = samples.at(-2)
      if (previous && sample.atMillis - previous.atMillis < SAMPLE_SPACING_MILLIS) samples.pop()
      samples.push(sample)
      forgetOld(sample.atMillis)
    },
    bytesPerSecond,
    etaSeconds(remainingBytes) {
      const speed = bytesPerSecond()
      return speed === null || remainingBytes === null ? null : Math.max(0, remainingBytes) / speed
    },
  }
}
