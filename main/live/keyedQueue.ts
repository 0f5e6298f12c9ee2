/**
 * Works through keys, a few at a time. A key added while it waits is worked once; one added while it
 * is being worked is worked again afterwards, so the last look is never older than the last change.
 */
export class KeyedQueue {
  readonly #work: (key: string) => Promise<void>
  readonly #concurrency: number
  readonly #waiting = new Set<string>()
  readonly #working = new Set<string>()
  readonly #again = new Set<string>()

  /** `work` must not reject: it handles its own failures. */
  constructor(work: (key: string) => Promise<void>, concurrency: number) {
    this.#work = work
    this.#concurrency = concurrency
  }

  add(key: string): void {
    if (this.#working.has(key)) this.#again.add(key)
    else this.#waiting.add(key)
    this.#pump()
  }

  /** Forgets what waits; what is being worked finishes. */
  clear(): void {
    this.#waiting.clear()
    this.#again.clear()
  }

  get size(): number {
    return this.#waiting.size + this.#working.size
  }

  #pump(): void {
    for (const key of this.#waiting) {
      if (this.#working.size >= this.#concurrency) return
      this.#waiting.delete(key)
      this.#working.add(key)
      void this.#work(key).finally(() => {
        this.#working.delete(key)
        if (this.#again.delete(key)) this.#waiting.add(key)
        this.#pump()
      })
    }
  }
}
