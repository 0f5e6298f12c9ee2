/** What a call that took too long is rejected with. */
export function timeoutError(): Error {
  return new DOMException('No answer came in time.', 'TimeoutError')
}

/** What an aborted signal was aborted with. */
export function abortReason({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new DOMException('Cancelled.', 'AbortError')
}

/**
 * One signal out of several, with an undo. `AbortSignal.any` has none, and on Node 20 it may collect an
 * `AbortSignal.timeout` given to it as garbage, so that the time-out never comes.
 */
export function linkSignals(sources: (AbortSignal | undefined)[]) {
  const controller = new AbortController()
  const listening: { source: AbortSignal; listener: () => void }[] = []
  for (const source of sources) {
    if (!source) continue
    const listener = () => controller.abort(source.reason)
    if (source.aborted) listener()
    source.addEventListener('abort', listener, { once: true })
    listening.push({ source, listener })
  }
  return {
    signal: controller.signal,
    abort: (reason: Error) => controller.abort(reason),
    /** Settles as `work` does, or rejects as soon as the signal aborts. */
    race<Result>(work: Promise<Result>): Promise<Result> {
      return new Promise((resolve, reject) => {
        const giveUp = () => reject(abortReason(controller.signal))
        if (controller.signal.aborted) giveUp()
        controller.signal.addEventListener('abort', giveUp, { once: true })
        work.then(resolve, reject)
      })
    },
    release() {
      for (const { source, listener } of listening) source.removeEventListener('abort', listener)
    },
  }
}

/**
 * Runs `work` with a signal that aborts after `millis`, or with `signal`; rejects then with a
 * TimeoutError, or with the signal's reason.
 */
export async function withDeadline<Result>(
  millis: number,
  work: (signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const link = linkSignals([signal])
  const timer = setTimeout(() => link.abort(timeoutError()), millis)
  try {
    return await link.race(work(link.signal))
  } finally {
    clearTimeout(timer)
    link.release()
  }
}
