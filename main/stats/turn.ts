/** Turns of different containers begin so far apart, so that not all come in the same tick. */
const STAGGER_MILLIS = 1_000

/** Comes once in every period. Times are of a clock that does not jump. */
export class Turn {
  readonly #periodMillis: number
  #dueMillis: number

  /** @param index Which of the containers: its first turn comes within the period after `nowMillis`. */
  constructor(nowMillis: number, index: number, periodMillis: number) {
    this.#periodMillis = periodMillis
    // Half way between two ticks: a tick that is a little early still meets it.
    this.#dueMillis = nowMillis + (((index + 0.5) * STAGGER_MILLIS) % periodMillis)
  }

  /** True at the first call since it came due. */
  hasCome(nowMillis: number): boolean {
    if (nowMillis < this.#dueMillis) return false
    const periods = Math.floor((nowMillis - this.#dueMillis) / this.#periodMillis) + 1
    this.#dueMillis += periods * this.#periodMillis
    return true
  }
}
