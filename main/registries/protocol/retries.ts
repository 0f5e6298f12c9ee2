import { linkSignals } from '../../deadline'
import { isRetryable, retryAfterMillis } from './failures'

export interface RetryOptions {
  /** Ends the waiting; its reason is thrown. */
  signal?: AbortSignal | undefined
  /** How often the work is done at most, the first time included. */
  attempts?: number
  /** Told before each wait: why, and for how long. */
  onRetry?: (error: unknown, wait: { attempt: number; waitMillis: number }) => void
}

const DEFAULT_ATTEMPTS = 5
/** Back-off between two attempts, milliseconds: doubled from the first up to the cap, with jitter. */
const backOff = { firstMillis: 500, capMillis: 30_000 }
/** Who asks to be left alone for longer is: the person is told instead. */
const LONGEST_WAIT_MILLIS = 120_000

/** Does the work again when it failed for a reason that passes (`isRetryable`), after a wait. */
export async function withRetries<Result>(
  work: () => Promise<Result>,
  { signal, attempts = DEFAULT_ATTEMPTS, onRetry }: RetryOptions = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      signal?.throwIfAborted()
      if (attempt >= attempts || !isRetryable(error)) throw error
      const waitMillis = waitBefore(attempt, error)
      if (waitMillis > LONGEST_WAIT_MILLIS) throw error
      onRetry?.(error, { attempt, waitMillis })
      await delay(waitMillis, signal)
    }
  }
}

/** What the registry asked for, but at least the back-off: "Retry-After: 0" is no leave to hammer. */
function waitBefore(attempt: number, error: unknown): number {
  const longest = Math.min(backOff.capMillis, backOff.firstMillis * 2 ** (attempt - 1))
  return Math.max(Math.round(longest * (0.5 + Math.random() / 2)), retryAfterMillis(error) ?? 0)
}

async function delay(millis: number, signal: AbortSignal | undefined): Promise<void> {
  const link = linkSignals([signal])
  let timer: NodeJS.Timeout | undefined
  try {
    await link.race(new Promise<void>((resolve) => (timer = setTimeout(resolve, millis))))
  } finally {
    clearTimeout(timer)
    link.release()
  }
}
