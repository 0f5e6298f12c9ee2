/** The time as the statistics see it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970 UTC. Jumps when the machine's clock is set and over a sleep. */
  wallMillis(): number
  /** Milliseconds with a fraction from an arbitrary start. Never jumps; stands still in a sleep. */
  monotonicMillis(): number
  /** Calls back once, without keeping the process alive. Returns its undo. */
  schedule(callback: () => void, delayMillis: number): () => void
}

export const systemClock: Clock = {
  wallMillis: () => Date.now(),
  monotonicMillis: () => performance.now(),
  schedule(callback, delayMillis) {
    const timer = setTimeout(callback, delayMillis)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
