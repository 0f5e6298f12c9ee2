import { setImmediate as turn } from 'node:timers/promises'
import type { LogFilter, LogLine, LogPattern, LogState } from '../../preload/contract/logs'
import { toFailure } from '../errors'
import { Watcher } from '../live/watcher'
import type { LineBlock } from './block'
import { levelOf } from './level'
import { LineSet } from './lineSet'
import { createMatcher, type Matcher } from './matcher'
import type { LogStore } from './store'

/** How long lines are judged before others get their turn, milliseconds. */
const SLICE_MILLIS = 8
/** How long new lines are collected before they are judged, milliseconds. */
const COLLECT_MILLIS = 20

/** What the page shows of a log, and what of it is marked. */
export interface Look {
  filter: LogFilter | null
  pattern: LogPattern | null
}

/**
 * The lines that fit a filter, and those that match a pattern, found by going through the whole log once, and
 * then through what comes. Lines are known by their places: without a filter these are their numbers.
 */
export class LogView {
  readonly #store: LogStore
  readonly #filter: LogFilter | null
  readonly #matcher: Matcher | null = null
  readonly #shown: LineSet | null
  readonly #matches: LineSet | null
  readonly #changed: () => void
  readonly #news = new Watcher()
  readonly #closing = new AbortController()
  #next: number
  #done = false
  #problem: string | null = null

  /** @param changed called whenever counts or `done` have changed */
  constructor(store: LogStore, { filter, pattern }: Look, changed: () => void) {
    this.#store = store
    this.#filter = filter
    this.#changed = changed
    this.#next = store.first
    this.#shown = filter && new LineSet(this.#next)
    this.#matches = pattern && new LineSet(this.#next)
    try {
      this.#matcher = pattern && createMatcher(pattern)
    } catch (error) {
      this.#problem = toFailure(error).message
    }
    if (this.#shown || this.#matcher) void this.#judgeAll(this.#closing.signal)
    else this.#done = true
  }

  /** There are new lines. */
  notify(): void {
    this.#news.notify()
  }

  close(): void {
    this.#closing.abort()
  }

  get state(): Pick<LogState, 'filtered' | 'matches'> {
    const done = this.#done
    return {
      filtered: this.#shown && {
        first: this.#shown.placeOf(this.#store.first),
        count: this.#shown.count,
        done,
      },
      matches: this.#matches && { count: this.#matches.count, done, problem: this.#problem },
    }
  }

  /** Behind the last place. */
  get end(): number {
    return this.#shown ? this.#shown.count : this.#store.end
  }

  /** The numbers of the lines at these places. */
  numbers(from: number, to: number): number[] {
    const numbers: number[] = []
    const first = this.#shown ? 0 : this.#store.first
    for (let place = Math.max(from, first); place < Math.min(to, this.end); place++) {
      numbers.push(this.#shown ? (this.#shown.at(place) ?? 0) : place)
    }
    return numbers
  }

  /** The place of the first shown line with that number or a greater one; null: none is. */
  placeOf(number: number): number | null {
    const place = this.#shown ? this.#shown.placeOf(number) : Math.max(number, this.#store.first)
    return place < this.end ? place : null
  }

  /** The match at or after (before) a place, going round. */
  nextMatch(from: number, direction: 'before' | 'after'): { place: number; index: number } | null {
    const matches = this.#matches
    const number = this.#shown ? this.#numberNear(from) : from
    // Those before gave way.
    const first = matches?.placeOf(this.#store.first) ?? 0
    if (!matches || matches.count === first) return null
    let index = direction === 'after' ? matches.placeOf(number) : matches.placeOf(number + 1) - 1
    if (index < first) index = direction === 'after' ? first : matches.count - 1
    if (index >= matches.count) index = first
    const place = this.placeOf(matches.at(index) ?? 0)
    return place === null ? null : { place, index }
  }

  /** Adds to lines where the pattern matches. */
  mark(lines: LogLine[]): LogLine[] {
    if (!this.#matcher || this.#problem !== null || lines.length === 0) return lines
    try {
      const marks = this.#matcher.marks(lines.map(({ text }) => text))
      return lines.map((line, index) => ({ ...line, marks: marks[index] ?? [] }))
    } catch (error) {
      this.#giveUp(error)
      return lines
    }
  }

  /** The number at a place, also before the first and behind the last. */
  #numberNear(place: number): number {
    return this.#shown?.at(place) ?? (place < 0 ? -Infinity : Infinity)
  }

  async #judgeAll(signal: AbortSignal): Promise<void> {
    try {
      do {
        await this.#judgeNew(signal)
        if (signal.aborted) return
        this.#done = true
        this.#changed()
      } while (await this.#news.next(signal, COLLECT_MILLIS))
    } catch (error) {
      if (signal.aborted) return
      this.#done = true
      this.#giveUp(error)
    }
  }

  /** Goes through the lines that are there and not judged yet. */
  async #judgeNew(signal: AbortSignal): Promise<void> {
    let begun = performance.now()
    for await (const { block, first } of this.#store.pieces(this.#next, this.#store.end)) {
      if (signal.aborted) return
      this.#judge(block, first)
      this.#next = first + block.lines
      if (performance.now() - begun < SLICE_MILLIS) continue
      this.#changed()
      await turn()
      begun = performance.now()
    }
  }

  #judge(block: LineBlock, first: number): void {
    const filter = this.#filter
    const candidates: number[] = []
    for (let index = Math.max(0, this.#next - first); index < block.lines; index++) {
      if (!filter || fits(filter, block, index)) candidates.push(index)
    }
    const matching = this.#matching(block, candidates)
    for (const index of matching) this.#matches?.add(first + index)
    const shown = filter?.matching && this.#matches ? matching : candidates
    if (this.#shown) for (const index of shown) this.#shown.add(first + index)
  }

  #matching(block: LineBlock, candidates: readonly number[]): readonly number[] {
    if (!this.#matcher || this.#problem !== null) return []
    try {
      return this.#matcher.test(block, candidates)
    } catch (error) {
      this.#giveUp(error)
      return []
    }
  }

  /** The pattern cannot be searched for any further. */
  #giveUp(error: unknown): void {
    this.#problem = toFailure(error).message
    this.#changed()
  }
}

function fits(filter: LogFilter, block: LineBlock, index: number): boolean {
  const { streams, sources, levels, withoutLevel } = filter
  if (streams && !streams.includes(block.isStderr(index) ? 'stderr' : 'stdout')) return false
  if (sources && !sources.includes(block.sourceOf(index))) return false
  if (!levels) return true
  const { level } = levelOf(block.textOf(index))
  return level === null ? withoutLevel : levels.includes(level)
}
