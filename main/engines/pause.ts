/** Waiting that someone may cut short. */
export class Pause {
  #cut = false
  #wake: (() => void) | null = null

  /** Ends the present wait, or the next one before it begins. */
  cut(): void {
    this.#cut = true
    this.#wake?.()
  }

  /** Resolves after so many milliseconds, when it is cut short, or when `signal` aborts. One at a time. */
  async wait(millis: number, signal: AbortSignal): Promise<void> {
    if (!this.#cut && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          this.#wake = null
          resolve()
        }
        const timer = setTimeout(done, millis)
        signal.addEventListener('abort', done, { once: true })
        this.#wake = done
      })
    }
    this.#cut = false
  }
}
