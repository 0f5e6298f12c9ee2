import { withDeadline } from '../deadline'
import type { Pause } from './pause'

export interface HeartbeatOptions {
  /** Asks the engine for a sign of life; rejects when there is none in time. */
  beat(signal: AbortSignal): Promise<unknown>
  /** Waits between two beats; cut short, the next one comes at once. */
  pause: Pause
  /** Between two beats while all is well, milliseconds. */
  intervalMillis: number
  /** Between two beats while the engine is silent, milliseconds. */
  silentIntervalMillis: number
  /** How long a beat may take, milliseconds. */
  beatMillis: number
  onSilence(): void
}

/**
 * Watches an engine that may hang without closing anything. A beat that times out means silence, and
 * the watch goes on; any other failure (nobody listens there) rejects, as it does when `signal` aborts.
 */
export async function watchHeartbeat(
  options: HeartbeatOptions,
  signal: AbortSignal,
): Promise<void> {
  let silent = false
  for (;;) {
    await options.pause.wait(silent ? options.silentIntervalMillis : options.intervalMillis, signal)
    signal.throwIfAborted()
    try {
      await withDeadline(options.beatMillis, (within) => options.beat(within), signal)
      silent = false
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error
      if (!silent) options.onSilence()
      silent = true
    }
  }
}
