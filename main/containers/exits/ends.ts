import type { EngineEvent } from '../../engines/dialect/dialect'

/** What events told of a container's last end. */
export interface End {
  /** Null: no event told it. */
  exitCode: number | null
  /** It was stopped or killed through the engine. */
  asked: boolean
  /** The kernel killed one of its processes for want of memory. */
  outOfMemory: boolean
  /** How often it was seen to end. */
  count: number
}

const nothing: End = { exitCode: null, asked: false, outOfMemory: false, count: 0 }

/**
 * How containers ended, by their events: one that is started again at once, or removed, is never seen
 * ended in a list.
 */
export class Ends {
  readonly #ends = new Map<string, End>()

  /** Docker tells `kill` and `oom` before `die`; Podman may tell `stop` after it. */
  event({ action, id, exitCode }: EngineEvent): void {
    const before = this.of(id)
    if (action === 'die' && exitCode !== null) {
      this.#ends.set(id, { ...before, exitCode, count: before.count + 1 })
    } else if (action === 'kill' || action === 'stop') {
      this.#ends.set(id, { ...before, asked: true })
    } else if (action === 'oom') {
      this.#ends.set(id, { ...before, outOfMemory: true })
    } else if (action === 'start' && this.#ends.has(id)) {
      this.#ends.set(id, { ...before, asked: false, outOfMemory: false })
    }
  }

  of(id: string): End {
    return this.#ends.get(id) ?? nothing
  }

  forget(id: string): void {
    this.#ends.delete(id)
  }

  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#ends.keys()) if (!ids.has(id)) this.#ends.delete(id)
  }
}
