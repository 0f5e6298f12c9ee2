import type { LogBatch, LogLine } from '../../preload/contract/containers'

/** The most that waits for the next batch. */
const limits = { lines: 20_000, characters: 8 * 1024 * 1024 }

/** Lines between two batches: bounded; the oldest give way, and the batch says how many. */
export class LogBuffer {
  #lines: LogLine[] = []
  #characters = 0
  #dropped = 0
  #resumed = false

  add(line: LogLine): void {
    this.#lines.push(line)
    this.#characters += line.text.length
    if (this.#lines.length > limits.lines || this.#characters > limits.characters) this.#dropHalf()
  }

  markResumed(): void {
    this.#resumed = true
  }

  get empty(): boolean {
    return this.#lines.length === 0 && !this.#resumed
  }

  take(): LogBatch {
    const batch = { lines: this.#lines, dropped: this.#dropped, resumed: this.#resumed }
    this.#lines = []
    this.#characters = 0
    this.#dropped = 0
    this.#resumed = false
    return batch
  }

  #dropHalf(): void {
    const gone = this.#lines.splice(0, Math.ceil(this.#lines.length / 2))
    this.#dropped += gone.length
    this.#characters = this.#lines.reduce((sum, line) => sum + line.text.length, 0)
  }
}
