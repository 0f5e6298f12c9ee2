import { setTimeout as delay } from 'node:timers/promises'
import type { LogState } from '../../preload/contract/logs'
import { say } from '../../preload/contract/say'
import { abortReason } from '../deadline'
import { toFailure } from '../errors'
import { readEarlier } from './earlier'
import type { LogEngine } from './follow'
import { compareStamps, type Stamp } from './rawLine'
import type { LogSources } from './sources'
import type { LogStore } from './store'

/** So long after the last lines were read, the time of the first of them is over, milliseconds. */
const OVER_MILLIS = 1_200

export interface EarlierPartOptions {
  engine: LogEngine
  ids: readonly string[]
  store: LogStore
  sources: LogSources
  /** The state has changed. */
  changed: () => void
  /** It has become part of the store. */
  read: () => void
}

/** The part of an open log before line 0: read when the page asks for it. */
export class EarlierPart {
  readonly #options: EarlierPartOptions
  #reading: { abort: AbortController; done: Promise<void> } | null = null
  #state: LogState['earlier'] = { state: 'unread' }

  constructor(options: EarlierPartOptions) {
    this.#options = options
  }

  get state(): LogState['earlier'] {
    return this.#state.state === 'unread' && !this.#options.sources.hasEarlier
      ? { state: 'read' }
      : this.#state
  }

  /** Begins to read it; nothing happens where that is done or under way. */
  begin(): void {
    if (this.state.state === 'read' || this.#reading) return
    const { store, sources } = this.#options
    const { zero } = sources
    if (!zero) return
    if (store.recent.first > 0) {
      this.#fail(
        say`So much was written since that the lines that came first are not kept any more.`,
      )
      return
    }
    const abort = new AbortController()
    this.#reading = { abort, done: this.#read(zero, abort.signal) }
  }

  /** Ends the reading; what was read is let go. */
  async stop(): Promise<void> {
    this.#reading?.abort.abort()
    await this.#reading?.done
  }

  /** Never rejects. */
  async #read(zero: Stamp, signal: AbortSignal): Promise<void> {
    const { engine, ids, store, sources, changed, read } = this.#options
    let [lines, bytes] = [0, 0]
    const tell = () => this.#set({ state: 'reading', lines, bytes })
    const spool = store.beginEarlier()
    try {
      tell()
      await this.#untilOver(zero, signal)
      await readEarlier(
        engine.connection.link,
        {
          ...{ ids, zero, beginnings: sources.beginnings },
          onLine: (line) => {
            lines += 1
            spool.add(line)
          },
          room: spool.room,
          onBytes: (length) => {
            bytes += length
            tell()
          },
        },
        signal,
      )
      signal.throwIfAborted()
      store.keepEarlier()
      this.#set({ state: 'read' })
      read()
    } catch (error) {
      if (signal.aborted) this.#set({ state: 'unread' })
      else this.#fail(toFailure(error).message)
      await store.dropEarlier()
    } finally {
      this.#reading = null
      changed()
    }
  }

  /** Until the shown lines hold all that can carry line 0's time stamp. */
  async #untilOver(zero: Stamp, signal: AbortSignal): Promise<void> {
    const { ids, sources } = this.#options
    const seconds = (compareStamps(sources.newest, zero) / 1e9) * 1_000
    if (sources.allEnded || (ids.length === 1 && seconds > OVER_MILLIS)) return
    const left = sources.tailsReadAt + OVER_MILLIS - performance.now()
    if (left > 0) await delay(left, undefined, { signal })
    if (signal.aborted) throw abortReason(signal)
  }

  #fail(message: string): void {
    this.#set({ state: 'failed', message })
  }

  #set(state: LogState['earlier']): void {
    this.#state = state
    this.#options.changed()
  }
}
