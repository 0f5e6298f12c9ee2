import { Watcher } from './watcher'

/** How long changes are collected before they travel, milliseconds: under two frames. */
const coalesceMillis = 30

/** One value that changes as a whole; watchers get the present one, then the latest of each burst. */
export class LiveValue<Value> {
  #value: Value
  readonly #watchers = new Set<Watcher>()

  constructor(value: Value) {
    this.#value = value
  }

  get value(): Value {
    return this.#value
  }

  set value(value: Value) {
    this.#value = value
    for (const watcher of this.#watchers) watcher.notify()
  }

  /** Notifies `watcher` of every change until the returned function is called. */
  attach(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  get watcherCount(): number {
    return this.#watchers.size
  }

  async *watch(signal: AbortSignal): AsyncGenerator<Value, void, undefined> {
    const watcher = new Watcher()
    const detach = this.attach(watcher)
    try {
      yield this.#value
      while (await watcher.next(signal, coalesceMillis)) yield this.#value
    } finally {
      detach()
    }
  }
}
