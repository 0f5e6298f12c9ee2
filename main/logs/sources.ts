import { isAlive } from '../containers/model'
import { toFailure } from '../errors'
import { LogSource, type LogEngine, type SourceState } from './follow'
import { LiveMerge, TailMerge } from './merge'
import type { LineSink, RawLine, Stamp } from './rawLine'
import { Beginnings } from './seam'
import type { LogStore } from './store'

export interface SourcesOptions {
  engine: LogEngine
  ids: readonly string[]
  tail: number
  follow: boolean
}

/** The containers of an open log: their lines come into the store in one order. */
export class LogSources {
  /** Of each container. */
  readonly states: SourceState[]
  readonly beginnings: Beginnings
  /** The time of line 0; null while there is no line. */
  zero: Stamp | null = null
  /** The time of the newest line. */
  readonly newest: Stamp = { seconds: 0, nanos: 0 }
  /** There are lines before line 0. */
  hasEarlier = false
  /** By the monotonic clock, milliseconds. */
  tailsReadAt = 0
  readonly #options: SourcesOptions
  readonly #store: LogStore
  readonly #changed: () => void
  readonly #sources: LogSource[]
  #receive: LineSink

  /** @param changed called for each line, and whenever a state has changed */
  constructor(options: SourcesOptions, store: LogStore, changed: () => void) {
    this.#options = options
    this.#store = store
    this.#changed = changed
    this.#receive = (line) => this.#keep(line)
    this.states = options.ids.map(() => (options.follow ? 'following' : 'ended'))
    this.beginnings = new Beginnings(options.ids.length)
    this.#sources = options.ids.map(
      (id, source) =>
        new LogSource({
          ...{ engine: options.engine, id, source, willFollow: options.follow },
          onLine: (line) => this.#receive(line),
          room: () => store.room(),
          onState: (state) => this.#setState(source, state),
        }),
    )
  }

  /** Whether none of the containers can write any more, unless it is started again. */
  get allEnded(): boolean {
    const { engine, ids } = this.#options
    return ids.every((id) => {
      const container = engine.model.collection.get(id)
      return container !== undefined && !isAlive(container)
    })
  }

  /**
   * Reads the last lines of each container.
   *
   * @throws Failure where not even one of them can be read
   */
  async readTails(signal: AbortSignal): Promise<void> {
    const { tail } = this.#options
    const merge = new TailMerge(this.#sources.length, tail)
    const failures: unknown[] = []
    await Promise.all(
      this.#sources.map(async (source, index) => {
        try {
          const receiver = {
            begin: () => merge.begin(index),
            onLine: (line: RawLine) => merge.add(line),
          }
          if (await source.readTail(tail, receiver, signal)) merge.markCut(index)
        } catch (error) {
          failures.push(error)
          const { code } = toFailure(error)
          this.#setState(index, code === 'not-found' ? 'gone' : 'ended')
        }
      }),
    )
    if (failures.length === this.#sources.length) throw failures[0]
    this.hasEarlier = merge.flush((line) => this.#keep(line))
    this.tailsReadAt = performance.now()
  }

  /** Follows those that could be read; resolves when no more can come of any. */
  async follow(signal: AbortSignal): Promise<void> {
    const sources = this.#sources.filter((_, index) => this.states[index] === 'following')
    const merge =
      this.#sources.length > 1 ? new LiveMerge(this.#sources.length, this.#receive) : null
    if (merge) this.#receive = (line) => merge.add(line)
    try {
      await Promise.all(sources.map((source) => source.follow(signal)))
    } finally {
      merge?.close()
    }
  }

  #keep(line: RawLine): void {
    const { seconds, nanos } = line
    this.zero ??= { seconds, nanos }
    this.newest.seconds = seconds
    this.newest.nanos = nanos
    this.beginnings.note(line)
    this.#store.add(line)
    this.#changed()
  }

  #setState(source: number, state: SourceState): void {
    this.states[source] = state
    this.#changed()
  }
}
