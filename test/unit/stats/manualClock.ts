import type { Clock } from '../../../main/stats/clock'

/** A clock that stands still until the test moves it. */
export class ManualClock implements Clock {
  #wallMillis = Date.UTC(2026, 0, 1)
  #monotonicMillis = 5_000
  #timers: { callback: () => void; dueMillis: number }[] = []

  wallMillis(): number {
    return Math.floor(this.#wallMillis)
  }

  monotonicMillis(): number {
    return this.#monotonicMillis
  }

  schedule(callback: () => void, delayMillis: number): () => void {
    const timer = { callback, dueMillis: this.#monotonicMillis + delayMillis }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  get scheduled(): number {
    return this.#timers.length
  }

  /** Time passes and timers fire when they are due. */
  advance(millis: number): void {
    const end = this.#monotonicMillis + millis
    for (;;) {
      const next = this.#timers
        .filter(({ dueMillis }) => dueMillis <= end)
        .sort((one, other) => one.dueMillis - other.dueMillis)[0]
      if (!next) break
      this.#pass(Math.max(0, next.dueMillis - this.#monotonicMillis))
      this.#fire(next)
    }
    this.#pass(end - this.#monotonicMillis)
  }

  /** Time passes while the event loop is blocked: what was due fires late, at the end. */
  block(millis: number): void {
    this.#pass(millis)
    this.advance(0)
  }

  /** The machine sleeps, or its clock is set: only the wall clock moves. */
  jump(millis: number): void {
    this.#wallMillis += millis
  }

  #pass(millis: number): void {
    this.#monotonicMillis += millis
    this.#wallMillis += millis
  }

  #fire(timer: { callback: () => void }): void {
    this.#timers = this.#timers.filter((other) => other !== timer)
    timer.callback()
  }
}
