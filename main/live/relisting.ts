import { setTimeout as delay } from 'node:timers/promises'
import { log } from '../log'
import { Watcher } from './watcher'

/**
 * How long events are collected before all is listed again, milliseconds: they name a thing in many ways
 * or, after a prune, name none, and one list costs less than guessing right.
 */
const collectMillis = 100

/** Between a list that failed and the next one, milliseconds. */
const retryMillis = 1_000

type List = (signal: AbortSignal) => Promise<void>

/** Lists the things of one kind on an engine once, and then once per burst of changes. */
export class Relisting {
  readonly #things: string
  readonly #changes = new Watcher()
  #following: AbortController | null = null

  /** @param things what is listed, in the plural, for the log. */
  constructor(things: string) {
    this.#things = things
  }

  /** Lists, and goes on listing until it is stopped; rejects where the first list fails. */
  async start(list: List, signal: AbortSignal): Promise<void> {
    this.stop()
    await list(signal)
    this.#following = new AbortController()
    void this.#follow(list, this.#following.signal)
  }

  /** Something may have changed. */
  notify(): void {
    this.#changes.notify()
  }

  stop(): void {
    this.#following?.abort()
    this.#following = null
  }

  async #follow(list: List, signal: AbortSignal): Promise<void> {
    while (await this.#changes.next(signal, collectMillis)) {
      try {
        await list(signal)
      } catch (error) {
        if (signal.aborted) return
        log.warn({ error }, `could not list the ${this.#things}`)
        await delay(retryMillis, undefined, { signal }).catch(() => undefined)
        this.#changes.notify()
      }
    }
  }
}
