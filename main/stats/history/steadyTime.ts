import type { Clock } from '../clock'

/** Clocks that are corrected a little all the time (NTP) go on being believed. */
const TOLERANCE_MILLIS = 60_000
const STEADY_AFTER_MILLIS = 3_600_000

/**
 * Tells whether the machine's wall clock can be believed: it did not jump for the last hour. Nothing is
 * thrown away for its age before, or a clock that is wrong for a moment would cost the whole past.
 */
export class SteadyTime {
  readonly #clock: Clock
  #offset: number
  #since: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#since = clock.monotonicMillis()
    this.#offset = clock.wallMillis() - this.#since
  }

  /** To be asked at least every few minutes: what jumped there and back in between is not seen. */
  isSteady(): boolean {
    const now = this.#clock.monotonicMillis()
    const offset = this.#clock.wallMillis() - now
    if (Math.abs(offset - this.#offset) > TOLERANCE_MILLIS) this.#since = now
    this.#offset = offset
    return now - this.#since >= STEADY_AFTER_MILLIS
  }
}
