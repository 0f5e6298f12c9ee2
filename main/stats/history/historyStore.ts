import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mark, StatsHistory } from '../../../preload/contract/stats'
import { isMissing } from '../../files'
import { LiveValue } from '../../live/value'
import { log } from '../../log'
import { systemClock, type Clock } from '../clock'
import { addMark, readAbout, writeAbout, type About } from './about'
import { BLOCK_BYTES, ContainerHistory } from './containerHistory'
import { lineageOf, marksOf } from './lineage'
import type { ContainerIdentity, History, HistoryQuery, Recorder } from './recorder'
import type { Row } from './rowRing'
import { samples } from './tiers'
import { statsHistory } from './statsHistory'

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
  /** What its files take on the disk, in whole blocks. */
  bytes: number
}

/**
 * The memory of the statistics, in files: `<folder>/<container id>/` has about.json (about.ts) and a ring
 * of each width (ringFile.ts). They are written once a minute, and at the end. A disk that refuses is
 * told once in the log; samples wait in memory meanwhile, the oldest go first.
 */
export class HistoryStore implements History {
  readonly #options: Required<HistoryStoreOptions>
  readonly #kept = new Map<string, Kept>()
  /** Grows with every mark and every change of who is whose successor. */
  readonly #marks = new LiveValue(0)
  #undoSchedule: (() => void) | null = null
  #flushing: Promise<void> = Promise.resolve()
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
  }

  /** Finds out what is kept; to be done before anything else. Never rejects. */
  async load(): Promise<void> {
    try {
      const names = await readdir(this.#options.folder)
      const ids = names.filter((name) => /^[a-f0-9]{64}$/.test(name))
      while (ids.length > 0)
        await Promise.all(ids.splice(0, CONCURRENCY).map((id) => this.#find(id)))
      await this.#limit()
    } catch (error) {
      if (!isMissing(error)) log.warn({ error }, 'the history of the statistics could not be read')
    }
    this.#scheduleFlush()
  }

  knows(id: string): boolean {
    return this.#kept.has(id)
  }

  recorder(identity: ContainerIdentity): Recorder {
    const kept = this.#keep(identity)
    return {
      push: (atMillis, values) => this.#push(kept, atMillis, values),
      mark: (mark) => this.#mark(kept, mark),
    }
  }

  async read({ id, from, to, points }: HistoryQuery): Promise<StatsHistory> {
    const rows: Row[] = []
    let finestMillis = samples.bucketMillis
    for (const { about, until } of this.#lineOf(id)) {
      if (until < from || (about.firstAt ?? 0) > to) continue
      const part = await this.#historyOf(about.id).rows(from, Math.min(to, until - 1))
      if (part.rows.length === 0) continue
      finestMillis = Math.max(finestMillis, part.tier.bucketMillis)
      const last = rows.at(-1)?.atMillis ?? -Infinity
      rows.push(...part.rows.filter(({ atMillis }) => atMillis > last))
    }
    return statsHistory(rows, { finestMillis, spanMillis: Math.max(0, to - from), points })
  }

  async *watchMarks(id: string, signal: AbortSignal): AsyncGenerator<Mark[], void, undefined> {
    let shown = ''
    for await (const version of this.#marks.watch(signal)) {
      const marks = version >= 0 ? marksOf(this.#lineOf(id)) : []
      const text = JSON.stringify(marks)
      if (text !== shown) yield marks
      shown = text
    }
  }

  /** Writes what is not on the disk yet and keeps within the limits. Never rejects. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(async () => {
      for (const kept of this.#kept.values()) await this.#write(kept)
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
    const folder = join(this.#options.folder, id)
    const { bytes, changedAt } = await measure(folder)
    const about = (await readAbout(join(folder, 'about.json'))) ?? anonymous(id, changedAt)
    this.#kept.set(id, {
      about: { ...about, id },
      aboutChanged: false,
      history: null,
      lastAt: changedAt,
      dirty: false,
      bytes,
    })
  }

  #keep(identity: ContainerIdentity): Kept {
    let kept = this.#kept.get(identity.id)
    if (!kept) {
      const about = { ...identity, firstAt: null, marks: [] }
      const state = { aboutChanged: true, history: null, dirty: false, bytes: 0 }
      kept = { about, lastAt: this.#options.clock.wallMillis(), ...state }
      this.#kept.set(identity.id, kept)
    } else if (isAnother(kept.about, identity)) {
      Object.assign(kept.about, identity)
      kept.aboutChanged = true
      this.#marks.value++
    }
    return kept
  }

  #push(kept: Kept, atMillis: number, values: Float64Array): void {
    const { about } = kept
    if (about.firstAt === null) {
      about.firstAt = atMillis
      kept.aboutChanged = true
      this.#marks.value++
    }
    kept.history ??= new ContainerHistory(this.#folderOf(about.id))
    kept.history.push(atMillis, values)
    kept.lastAt = atMillis
    kept.dirty = true
    // Its folder may have had to go for others' sake meanwhile.
    this.#kept.set(about.id, kept)
  }

  #mark(kept: Kept, mark: Mark): void {
    if (!addMark(kept.about.marks, mark)) return
    kept.aboutChanged = true
    this.#marks.value++
  }

  #lineOf(id: string) {
    const kept = this.#kept.get(id)
    if (!kept) return []
    return lineageOf(
      kept.about,
      [...this.#kept.values()].map(({ about }) => about),
    )
  }

  /** A resting container's is read for this once, and forgotten. */
  #historyOf(id: string): ContainerHistory {
    return this.#kept.get(id)?.history ?? new ContainerHistory(this.#folderOf(id))
  }

  #folderOf(id: string): string {
    return join(this.#options.folder, id)
  }

  async #write(kept: Kept): Promise<void> {
    const { about, history } = kept
    if (!kept.dirty && !kept.aboutChanged && !history) return
    const folder = this.#folderOf(about.id)
    try {
      if (kept.dirty && history) {
        kept.dirty = false
        if (kept.bytes === 0) await mkdir(folder, { recursive: true, mode: 0o700 })
        await history.flush()
      }
      // Nothing is kept of a container that has no samples.
      if (kept.aboutChanged && about.firstAt !== null) {
        kept.aboutChanged = false
        await writeAbout(join(folder, 'about.json'), about)
      }
      if (history) kept.bytes = history.bytes + BLOCK_BYTES
      if (!kept.dirty && this.#rests(kept)) kept.history = null
      this.#refused = false
    } catch (error) {
      kept.dirty ||= history !== null
      kept.aboutChanged = true
      if (!this.#refused) log.warn({ error }, 'the history of the statistics could not be written')
      this.#refused = true
    }
  }

  /** Removes what is too old, then the oldest until the rest fits; those that are sampled go last. */
  async #limit(): Promise<void> {
    const oldest = this.#options.clock.wallMillis() - MOST_AGE_MILLIS
    const byAge = [...this.#kept.values()].sort(
      (one, other) =>
        Number(one.history !== null) - Number(other.history !== null) || one.lastAt - other.lastAt,
    )
    const { maxBytes, maxContainers } = this.#options
    let bytes = byAge.reduce((sum, one) => sum + one.bytes, 0)
    let count = byAge.length
    for (const kept of byAge) {
      const isWorthless = kept.about.firstAt === null && kept.bytes === 0 && this.#rests(kept)
      const fits = bytes <= maxBytes && count <= maxContainers
      if (kept.lastAt >= oldest && fits && !isWorthless) continue
      bytes -= kept.bytes
      count--
      this.#kept.delete(kept.about.id)
      kept.history = null
      kept.about.firstAt = null
      kept.bytes = 0
      await rm(this.#folderOf(kept.about.id), { recursive: true, force: true }).catch(
        (error: unknown) => log.warn({ error }, 'an old history could not be removed'),
      )
    }
  }

  #rests({ lastAt }: Kept): boolean {
    return this.#options.clock.wallMillis() - lastAt > REST_MILLIS
  }

  #scheduleFlush(): void {
    this.#undoSchedule = this.#options.clock.schedule(() => {
      void this.flush().then(() => {
        if (!this.#closed) this.#scheduleFlush()
      })
    }, this.#options.flushMillis)
  }
}

function isAnother(about: About, identity: ContainerIdentity): boolean {
  return (
    about.name !== identity.name ||
    about.engineId !== identity.engineId ||
    about.createdAt !== identity.createdAt ||
    about.composeProject !== identity.composeProject ||
    about.composeService !== identity.composeService ||
    about.composeNumber !== identity.composeNumber
  )
}

/** For rings whose about.json is lost: they are still found by the container's id. */
function anonymous(id: string, changedAt: number): About {
  return {
    id,
    engineId: '',
    name: '',
    createdAt: changedAt,
    composeProject: null,
    composeService: null,
    composeNumber: null,
    firstAt: null,
    marks: [],
  }
}

/** The size of a folder's files and when the last of them changed; nothing where there is no folder. */
async function measure(folder: string): Promise<{ bytes: number; changedAt: number }> {
  let bytes = 0
  let changedAt = 0
  for (const name of await readdir(folder).catch(noFolder)) {
    const { size, mtimeMs } = await stat(join(folder, name))
    bytes += Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES
    changedAt = Math.max(changedAt, mtimeMs)
  }
  return { bytes, changedAt }
}

function noFolder(error: unknown): string[] {
  if (isMissing(error)) return []
  throw error
}
