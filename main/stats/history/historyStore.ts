import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Mark, StatsHistory } from '../../../preload/contract/stats'
import { LiveValue } from '../../live/value'
import { log } from '../../log'
import { systemClock, type Clock } from '../clock'
import { addMark, anonymous, differs, writeAbout, type About } from './about'
import { ContainerHistory, inBlocks, type Stretch } from './containerHistory'
import { ABOUT_FILE, containersIn, lookInto, type FolderSize } from './historyFolder'
import { lineageOf, marksOf, type Generation } from './lineage'
import { OneByOne } from './oneByOne'
import type { ContainerIdentity, History, HistoryQuery, Recorder } from './recorder'
import { surplusOf } from './retention'
import { statsHistory } from './statsHistory'
import { SteadyTime } from './steadyTime'

export interface HistoryStoreOptions {
  /** Where each container has a folder of its own; made when it is missing. */
  folder: string
  /** Of all containers together on the disk. */
  maxBytes?: number
  /** Those that ran for a moment take little room each, but there may be one a minute. */
  maxContainers?: number
  flushMillis?: number
  clock?: Clock
}

const MAX_BYTES = 200e6
const MAX_CONTAINERS = 5_000
/** How many folders are looked into at once. */
const CONCURRENCY = 32
const FLUSH_MILLIS = 60_000
const MOST_AGE_MILLIS = 30 * 24 * 3_600_000
/** A container without samples for so long needs no memory. */
const REST_MILLIS = 10 * 60_000

interface Kept {
  about: About
  /** What `about` says is not on the disk yet. */
  aboutChanged: boolean
  /** Null while the container rests: its files are read when they are asked for. */
  history: ContainerHistory | null
  /** Of the newest sample, milliseconds since 1970. */
  lastAt: number
  /** There are samples that are not on the disk yet. */
  dirty: boolean
  size: FolderSize
}

/**
 * The memory of the statistics, in files: `<folder>/<container id>/` has about.json (about.ts) and a ring
 * of each width (ringFile.ts). They are written once a minute, and at the end. A disk that refuses is
 * told once in the log; samples wait in memory meanwhile, the oldest go first.
 */
export class HistoryStore implements History {
  readonly #options: Required<HistoryStoreOptions>
  readonly #time: SteadyTime
  readonly #kept = new Map<string, Kept>()
  /** Grows with every mark and every change of who is whose successor. */
  readonly #marks = new LiveValue(0)
  #undoSchedule: (() => void) | null = null
  #flushing: Promise<void> = Promise.resolve()
  readonly #loading = new OneByOne()
  readonly #reading = new OneByOne()
  #refused = false
  #closed = false

  constructor(options: HistoryStoreOptions) {
    this.#options = {
      maxBytes: MAX_BYTES,
      maxContainers: MAX_CONTAINERS,
      flushMillis: FLUSH_MILLIS,
      clock: systemClock,
      ...options,
    }
    this.#time = new SteadyTime(this.#options.clock)
  }

  /** Finds out what is kept; to be done before anything else. Never rejects. */
  async load(): Promise<void> {
    try {
      const ids = await containersIn(this.#options.folder)
      while (ids.length > 0)
        await Promise.all(ids.splice(0, CONCURRENCY).map((id) => this.#find(id)))
      await this.#limit()
    } catch (error) {
      log.warn({ error }, 'the history of the statistics could not be read')
    }
    this.#scheduleFlush()
  }

  knows(id: string): boolean {
    return this.#kept.has(id)
  }

  recorder(identity: ContainerIdentity): Recorder {
    this.#keep(identity)
    // Looked up each time: what is kept may have had to go for others' sake meanwhile.
    const kept = () => this.#kept.get(identity.id) ?? this.#keep(identity)
    return {
      push: (atMillis, values) => this.#push(kept(), atMillis, values),
      mark: (mark) => this.#mark(kept(), mark),
    }
  }

  read(query: HistoryQuery): Promise<StatsHistory> {
    return this.#reading.run(() => this.#read(query))
  }

  async *watchMarks(id: string, signal: AbortSignal): AsyncGenerator<Mark[], void, undefined> {
    let shown = ''
    const changes = this.#marks.watch(signal)
    try {
      while (!(await changes.next()).done) {
        const marks = marksOf(this.#lineOf(id))
        const text = JSON.stringify(marks)
        if (text !== shown) yield marks
        shown = text
      }
    } finally {
      await changes.return()
    }
  }

  /** Writes what is not on the disk yet and keeps within the limits. Never rejects. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(async () => {
      let refused = false
      for (const kept of this.#kept.values()) refused = !(await this.#write(kept)) || refused
      this.#refused = refused
      await this.#limit()
    })
    return this.#flushing
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#undoSchedule?.()
    await this.flush()
  }

  async #find(id: string): Promise<void> {
    try {
      const { about, size, changedAt } = await lookInto(this.#folderOf(id))
      this.#kept.set(id, {
        about: { ...(about ?? anonymous(id, changedAt)), id },
        aboutChanged: false,
        history: null,
        lastAt: changedAt,
        dirty: false,
        size,
      })
    } catch (error) {
      log.warn({ error, id }, "a container's history could not be read")
    }
  }

  async #read({ id, from, to, points }: HistoryQuery): Promise<StatsHistory> {
    const stretches: Stretch[] = []
    for (const { about, until } of this.#lineOf(id)) {
      if (until < from || (about.firstAt ?? 0) > to) continue
      // A resting container's is read for this once, and forgotten.
      const history = this.#kept.get(about.id)?.history ?? this.#historyOf(about.id)
      stretches.push(await history.stretch(from, Math.min(to, until - 1)))
      await nextTurn()
    }
    return statsHistory(stretches, { spanMillis: Math.max(0, to - from), points })
  }

  #keep(identity: ContainerIdentity): Kept {
    let kept = this.#kept.get(identity.id)
    if (!kept) {
      kept = {
        about: { ...identity, firstAt: null, marks: [] },
        aboutChanged: true,
        history: null,
        lastAt: this.#options.clock.wallMillis(),
        dirty: false,
        size: { ringBytes: 0, aboutBytes: 0, otherBytes: 0 },
      }
      this.#kept.set(identity.id, kept)
    } else if (differs(kept.about, identity)) {
      Object.assign(kept.about, identity)
      kept.aboutChanged = true
      this.#marks.value++
    }
    return kept
  }

  #push(kept: Kept, atMillis: number, values: Float64Array): void {
    const { about } = kept
    // Before the first: the machine's clock was set back.
    if (about.firstAt === null || atMillis < about.firstAt) {
      about.firstAt = atMillis
      kept.aboutChanged = true
      this.#marks.value++
    }
    kept.history ??= this.#historyOf(about.id)
    kept.history.push(atMillis, values)
    kept.lastAt = atMillis
    kept.dirty = true
  }

  #mark(kept: Kept, mark: Mark): void {
    if (!addMark(kept.about.marks, mark)) return
    kept.aboutChanged = true
    this.#marks.value++
  }

  #lineOf(id: string): Generation[] {
    const kept = this.#kept.get(id)
    if (!kept) return []
    return lineageOf(
      kept.about,
      [...this.#kept.values()].map(({ about }) => about),
    )
  }

  #historyOf(id: string): ContainerHistory {
    return new ContainerHistory(this.#folderOf(id), this.#loading)
  }

  #folderOf(id: string): string {
    return join(this.#options.folder, id)
  }

  /** False: the disk refused, and what is not written waits. */
  async #write(kept: Kept): Promise<boolean> {
    const { about, history, size } = kept
    try {
      if (kept.dirty && history) {
        kept.dirty = false
        await history.flush()
      }
      // Nothing is kept of a container that has no samples.
      if (kept.aboutChanged && about.firstAt !== null) {
        kept.aboutChanged = false
        const file = join(this.#folderOf(about.id), ABOUT_FILE)
        size.aboutBytes = inBlocks(await writeAbout(file, about))
      }
      if (history) size.ringBytes = history.bytes
      if (history && !kept.dirty && this.#rests(kept)) kept.history = null
      return true
    } catch (error) {
      kept.dirty ||= history !== null
      kept.aboutChanged = true
      if (!this.#refused) log.warn({ error }, 'the history of the statistics could not be written')
      this.#refused = true
      return false
    }
  }

  /** Removes what is more than may be kept, and what never came to have a sample. */
  async #limit(): Promise<void> {
    const { clock, maxBytes, maxContainers } = this.#options
    const all = [...this.#kept.values()].map((kept) => ({
      kept,
      lastAt: kept.lastAt,
      bytes: bytesOf(kept),
      isSampled: kept.history !== null,
    }))
    const oldest = this.#time.isSteady() ? clock.wallMillis() - MOST_AGE_MILLIS : -Infinity
    const surplus = surplusOf(all, { oldest, maxBytes, maxContainers }).map(({ kept }) => kept)
    const empty = all.flatMap(({ kept, bytes }) =>
      kept.about.firstAt === null && bytes === 0 && this.#rests(kept) ? [kept] : [],
    )
    for (const { about } of new Set([...surplus, ...empty])) {
      await rm(this.#folderOf(about.id), { recursive: true, force: true }).catch((error: unknown) =>
        log.warn({ error }, 'an old history could not be removed'),
      )
      this.#kept.delete(about.id)
    }
  }

  #rests({ lastAt }: Kept): boolean {
    return this.#options.clock.wallMillis() - lastAt > REST_MILLIS
  }

  #scheduleFlush(): void {
    if (this.#closed) return
    this.#undoSchedule = this.#options.clock.schedule(
      () => void this.flush().then(() => this.#scheduleFlush()),
      this.#options.flushMillis,
    )
  }
}

function bytesOf({ size: { ringBytes, aboutBytes, otherBytes } }: Kept): number {
  return ringBytes + aboutBytes + otherBytes
}
