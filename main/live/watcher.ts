import { setTimeout as delay } from 'node:timers/promises'

/**
 * One consumer of something that changes: remembers that it changed, and wakes the consumer at most
 * once per `coalesceMillis`. Nothing is queued, so a slow consumer costs no memory.
 */
export class Watcher {
  #changed = false
  #wake: (() => void) | null = null

  /** Called by the producer, as often as it likes. */
  notify(): void {
    this.#changed = true
    this.#wake?.()
  }

  /**
   * Resolves when something changed since the last call, after waiting `coalesceMillis` for more to
   * come. False when `signal` aborted meanwhile.
   */
  async next(signal: AbortSignal, coalesceMillis: number): Promise<boolean> {
    if (!this.#changed) await this.#change(signal)
    if (coalesceMillis > 0 && !signal.aborted) {
      await delay(coalesceMillis, undefined, { signal }).catch(() => undefined)
    }
    this.#changed = false
    return !signal.aborted
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve()
        return
      }
      const done = () => {
        this.#wake = null
        signal.removeEventListener('abort', done)
        resolve()
      }
      this.#wake = done
      signal.addEventListener('abort', done, { once: true })
    })
  }
}
