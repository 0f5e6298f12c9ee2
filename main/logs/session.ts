import { randomUUID } from 'node:crypto'
import type { LogLine, LogMessage, LogState } from '../../preload/contract/logs'
import { abortReason, linkSignals } from '../deadline'
import { toFailure } from '../errors'
import { Watcher } from '../live/watcher'
import { EarlierPart } from './earlierPart'
import type { LogEngine } from './follow'
import { LogSources } from './sources'
import type { LogStore } from './store'
import { LogView, type Look } from './view'

/** How long changes are collected before they travel, milliseconds. */
const coalesceMillis = 50
/** How many of the newest lines travel with a message, and how much text at most. */
const NEWEST = { lines: 200, characters: 256 * 1_024 }
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
  readonly #sources: LogSources
  readonly #earlier: EarlierPart
  readonly #watcher = new Watcher()
  #look: Look = { filter: null, pattern: null }
  #view: LogView
  #viewNumber = 0
  /** The page has been sent the lines before this place. */
  #told = 0
  #unseen = 0
  #failure: Error | null = null

  constructor(options: SessionOptions, store: LogStore) {
    this.#options = options
    this.#store = store
    this.#view = this.#newView()
    this.#sources = new LogSources(options, store, () => {
      this.#view.notify()
      this.#watcher.notify()
    })
    this.#earlier = new EarlierPart({
      ...{ ...options, store, sources: this.#sources },
      changed: () => this.#watcher.notify(),
      read: () => this.look(this.#look),
    })
  }

  /** What the page is told: `opened` once the last lines of each container were read, then changes. */
  async *messages(signal: AbortSignal): AsyncGenerator<LogMessage, void, undefined> {
    const closing = linkSignals([signal])
    let following: Promise<void> | null = null
    try {
      await this.#sources.readTails(closing.signal)
      const state = this.#state()
      yield { kind: 'opened', logId: this.id, state, newest: await this.#newest() }
      following = this.#follow(closing.signal)
      while (await this.#watcher.next(signal, coalesceMillis)) {
        if (this.#failure) throw this.#failure
        yield await this.#change()
      }
    } finally {
      closing.release()
      closing.abort(abortReason(signal))
      this.#view.close()
      await Promise.all([following, this.#earlier.stop()])
      await this.#store.close()
    }
  }

  seen(): void {
    this.#unseen = 0
    this.#watcher.notify()
  }

  async lines(
    from: number,
    count: number,
  ): Promise<{ view: number; from: number; lines: LogLine[] }> {
    this.#unseen = 0
    const [view, viewNumber] = [this.#view, this.#viewNumber]
    const lines = await this.#store.lines(view.numbers(from, from + count), ANSWER_BYTES)
    const [first] = lines
    return {
      view: viewNumber,
      from: (first && view.placeOf(first.number)) ?? from,
      lines: view.mark(lines),
    }
  }

  readEarlier(): void {
    this.#earlier.begin()
  }

  stopEarlier(): Promise<void> {
    return this.#earlier.stop()
  }

  look(look: Look): void {
    this.#look = look
    this.#view.close()
    this.#view = this.#newView()
    this.#viewNumber += 1
    this.#told = 0
    this.#watcher.notify()
  }

  nextMatch(from: number, direction: 'before' | 'after'): { place: number; index: number } | null {
    return this.#view.nextMatch(from, direction)
  }

  placeOf(number: number): { place: number } | null {
    const place = this.#view.placeOf(number)
    return place === null ? null : { place }
  }

  /** @param moment milliseconds since 1970 */
  async placeAt(moment: number): Promise<{ place: number } | null> {
    const seconds = Math.floor(moment / 1_000)
    const nanos = Math.round((moment - seconds * 1_000) * 1_000_000)
    const number = await this.#store.firstAt({ seconds, nanos })
    return number === null ? null : this.placeOf(number)
  }

  #newView(): LogView {
    return new LogView(this.#store, this.#look, () => this.#watcher.notify())
  }

  /** Never rejects: a failure is what the page is told next. */
  async #follow(signal: AbortSignal): Promise<void> {
    try {
      if (this.#options.follow) await this.#sources.follow(signal)
    } catch (error) {
      if (signal.aborted) return
      this.#failure = toFailure(error)
      this.#watcher.notify()
    }
  }

  async #change(): Promise<LogMessage> {
    const state = this.#state()
    if (this.#view.end <= this.#told || this.#unseen >= MOST_UNSEEN) {
      return { kind: 'changed', state, newest: null }
    }
    this.#unseen += 1
    return { kind: 'changed', state, newest: await this.#newest() }
  }

  /** Shown lines that the page was not sent yet: the last of them, as many as travel with a message. */
  async #newest(): Promise<LogLine[]> {
    const view = this.#view
    const { end } = view
    const from = Math.max(this.#told, end - NEWEST.lines)
    this.#told = end
    const lines = view.mark(await this.#store.lines(view.numbers(from, end), Infinity))
    let characters = 0
    const last = lines.findLastIndex(({ text }) => (characters += text.length) > NEWEST.characters)
    return last === -1 ? lines : lines.slice(Math.min(last + 1, lines.length - 1))
  }

  #state(): LogState {
    const { first, end, forgotten } = this.#store
    return {
      ...{ first, end, forgotten },
      earlier: this.#earlier.state,
      sources: [...this.#sources.states],
      ...this.#view.state,
      view: this.#viewNumber,
    }
  }
}
