import { randomUUID } from 'node:crypto'
import type { LogLine, LogMessage, LogState } from '../../preload/contract/logs'
import { toFailure } from '../errors'
import { Watcher } from '../live/watcher'
import { LogSource, type LogEngine, type SourceState } from './follow'
import { LogStore, readLines } from './store'

/** How long changes are collected before they travel, milliseconds. */
const coalesceMillis = 50
/** How many of the newest lines travel with a message, and how much text at most. */
const NEWEST = { lines: 200, bytes: 256 * 1_024 }
/** How many messages with lines a page is sent without saying that it took them. */
const MOST_UNSEEN = 4
/** The most text that is answered at once. */
const ANSWER_BYTES = 4 * 1_024 * 1_024

export interface SessionOptions {
  engine: LogEngine
  ids: string[]
  tail: number
  follow: boolean
}

/** One open log, from the page's asking for it to its going away. */
export class LogSession {
  readonly id = randomUUID()
  readonly #options: SessionOptions
  readonly #store: LogStore
  readonly #watcher = new Watcher()
  readonly #closing = new AbortController()
  readonly #states: SourceState[]
  /** The page has been sent lines up to here. */
  #told = 0
  #unseen = 0
  #failure: Error | null = null
  #earlier: LogState['earlier'] = { state: 'unread' }

  constructor(options: SessionOptions, store: LogStore) {
    this.#options = options
    this.#store = store
    this.#states = options.ids.map(() => 'following')
  }

  /** What the page is told: `opened` once the last lines of each container were read, then changes. */
  async *messages(signal: AbortSignal): AsyncGenerator<LogMessage, void, undefined> {
    const stop = () => this.#closing.abort(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    const working: Promise<void>[] = []
    try {
      const sources = await this.#readTails()
      const state = this.#state()
      this.#told = state.end
      yield { kind: 'opened', logId: this.id, state, newest: await this.#newest(state) }
      if (this.#options.follow) working.push(...sources.map((source) => this.#follow(source)))
      while (await this.#watcher.next(signal, coalesceMillis)) {
        if (this.#failure) throw this.#failure
        yield await this.#change()
      }
    } finally {
      signal.removeEventListener('abort', stop)
      this.#closing.abort()
      await Promise.allSettled(working)
      await this.#store.close()
    }
  }

  seen(): void {
    this.#unseen = 0
    this.#watcher.notify()
  }

  async lines(from: number, count: number): Promise<{ view: number; lines: LogLine[] }> {
    this.#unseen = 0
    return { view: 0, lines: await readLines(this.#store, from, from + count, ANSWER_BYTES) }
  }

  readEarlier(): void {
    this.#watcher.notify()
  }

  stopEarlier(): void {
    this.#watcher.notify()
  }

  look(_look: unknown): void {
    this.#watcher.notify()
  }

  nextMatch(
    _from: number,
    _direction: 'before' | 'after',
  ): { place: number; index: number } | null {
    return null
  }

  placeOf(number: number): { place: number } | null {
    return number < this.#store.end ? { place: Math.max(number, this.#store.first) } : null
  }

  placeAt(_moment: number): { place: number } | null {
    return null
  }

  async #readTails(): Promise<LogSource[]> {
    const { engine, ids, tail } = this.#options
    const sources = ids.map(
      (id, source) =>
        new LogSource({
          ...{ engine, id, source },
          onLine: (line) => {
            this.#store.add(line)
            this.#watcher.notify()
          },
          room: () => this.#store.room(),
          onState: (state) => {
            this.#states[source] = state
            this.#watcher.notify()
          },
        }),
    )
    const signal = this.#closing.signal
    const cut = await Promise.all(sources.map((source) => source.readTail(tail, signal)))
    if (!cut.includes(true)) this.#earlier = { state: 'read' }
    if (!this.#options.follow) this.#states.fill('ended')
    return sources
  }

  /** Never rejects: a failure is what the page is told next. */
  async #follow(source: LogSource): Promise<void> {
    const { signal } = this.#closing
    try {
      await source.follow(signal)
    } catch (error) {
      if (signal.aborted) return
      this.#failure = toFailure(error)
      this.#watcher.notify()
    }
  }

  async #change(): Promise<LogMessage> {
    const state = this.#state()
    if (state.end <= this.#told || this.#unseen >= MOST_UNSEEN) {
      return { kind: 'changed', state, newest: null }
    }
    this.#told = state.end
    this.#unseen += 1
    return { kind: 'changed', state, newest: await this.#newest(state) }
  }

  /** The last shown lines, as many as travel with a message. */
  async #newest(state: LogState): Promise<LogLine[]> {
    const from = Math.max(state.first, state.end - NEWEST.lines)
    const lines = await readLines(this.#store, from, state.end, Infinity)
    let bytes = 0
    const fits = lines.findLastIndex(({ text }) => (bytes += text.length) > NEWEST.bytes)
    return lines.slice(Math.min(fits + 1, lines.length - 1))
  }

  #state(): LogState {
    return {
      first: this.#store.first,
      end: this.#store.end,
      earlier: this.#earlier,
      forgotten: this.#store.forgotten,
      sources: [...this.#states],
      ...{ filtered: null, matches: null, view: 0 },
    }
  }
}
