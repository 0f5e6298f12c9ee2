/** Doubling from 250 ms to 5 s, with a quarter of jitter so that many streams do not come back at once. */
export function backoffMillis(failures: number): number {
  const base = Math.min(5_000, 250 * 2 ** Math.min(failures, 10))
  return base * (0.875 + Math.random() * 0.25)
}

/** Resolves after the time, or at once when the signal aborts. Never rejects. */
export function pause(millis: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve()
      return
    }
    const timer = setTimeout(done, millis)
    signal?.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
  })
}
