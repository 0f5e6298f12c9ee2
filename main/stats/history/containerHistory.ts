import { join } from 'node:path'
import { log } from '../../log'
import { Bucket, rowOfSample } from './bucket'
import type { OneByOne } from './oneByOne'
import { RingFile } from './ringFile'
import { increasing, RowRing, type Row } from './rowRing'
import { buckets, samples, type Tier } from './tiers'

/** What a file takes at least, on most disks. */
const BLOCK_BYTES = 4_096
/** Closed buckets that wait for the disk: ten minutes of the finest, should it be full meanwhile. */
const WAITING_BUCKETS = 60

/** Buckets of one width, in the order of their time. */
export interface Stretch {
  /** 1,000: single samples as they came. */
  bucketMillis: number
  rows: Row[]
}

interface CoarseRing {
  tier: Tier
  file: RingFile
  /** Closed buckets that are not on the disk yet. */
  waiting: RowRing
  open: Bucket
  /** Where the open bucket begins; -Infinity: before the first sample. */
  openAt: number
}

/**
 * One container's past in rings of three widths. The finest is in memory and on the disk; of the others
 * memory holds only the bucket that is being filled and those that wait to be written. Memory is fixed:
 * about 115 KB.
 */
export class ContainerHistory {
  readonly #samples = new RowRing(samples.capacity, samples.columns)
  readonly #samplesFile: RingFile
  readonly #coarse: CoarseRing[]
  /** Samples that came before the disk was read; null afterwards. */
  #early: { atMillis: number; values: Float64Array }[] | null = []
  /** Writings and readings of the files, one after the other. */
  #queue: Promise<unknown>

  /**
   * @param folder Holds its files; it is made when the first is written.
   * @param loading All containers' files are read in at the same moment, when the app begins.
   */
  constructor(folder: string, loading: OneByOne) {
    this.#samplesFile = new RingFile(join(folder, fileOf(samples)), samples)
    this.#coarse = buckets.map((tier) => ({
      tier,
      file: new RingFile(join(folder, fileOf(tier)), tier),
      waiting: new RowRing(WAITING_BUCKETS, tier.columns),
      open: new Bucket(),
      openAt: -Infinity,
    }))
    this.#queue = loading.run(() => this.#load())
  }

  /** Adds a sample; `values` is copied. */
  push(atMillis: number, values: Float64Array): void {
    if (!this.#early) this.#push(atMillis, values)
    else if (this.#early.push({ atMillis, values: values.slice() }) > samples.capacity) {
      this.#early.shift()
    }
  }

  /** Writes what is not on the disk yet. Rejects with the system's error; then it stays to be written. */
  flush(): Promise<void> {
    return this.#next(async () => {
      await writeRing(this.#samples, this.#samplesFile)
      for (const { waiting, file } of this.#coarse) await writeRing(waiting, file)
    })
  }

  /**
   * What is known between two moments, from the finest ring that reaches back to the first of them; where
   * none does, from the finest that reaches back as far as the others. A coarser ring that would add less
   * than one of its buckets is not preferred.
   */
  stretch(from: number, to: number): Promise<Stretch> {
    return this.#next(async () => {
      let farthest = this.#sampled(from)
      const found = [farthest]
      for (const ring of this.#coarse) {
        if (farthest.beginsAt <= from + ring.tier.bucketMillis) break
        const one = await bucketsOf(ring, from)
        found.push(one)
        if (one.beginsAt < farthest.beginsAt) farthest = one
      }
      const nearEnough = Math.max(from, farthest.beginsAt) + farthest.bucketMillis
      const { bucketMillis, rows } = found.find((one) => one.beginsAt <= nearEnough) ?? farthest
      return { bucketMillis, rows: rows.filter(({ atMillis }) => atMillis <= to) }
    })
  }

  /** What its files take on the disk, in whole blocks; 0 before they were looked at. */
  get bytes(): number {
    return [this.#samplesFile, ...this.#coarse.map(({ file }) => file)]
      .flatMap(({ bytes, setAsideBytes }) => [bytes, setAsideBytes])
      .reduce((sum, bytes) => sum + inBlocks(bytes), 0)
  }

  #sampled(from: number): Found {
    const kept = [...this.#samples.newest()]
    const rows = kept
      .filter(({ atMillis }) => atMillis >= from)
      .map(({ atMillis, values }) => ({ atMillis, values: rowOfSample(values) }))
    const reachesBack = (kept[0]?.atMillis ?? Infinity) <= from
    return { bucketMillis: samples.bucketMillis, rows, beginsAt: beginningOf(rows, reachesBack) }
  }

  /** Reads the samples back, and fills with them the buckets that were open when the app ended. */
  async #load(): Promise<void> {
    const { rows } = await readable(this.#samplesFile.read(0))
    const written = await Promise.all(
      this.#coarse.map(({ file }) => file.newestMillis().catch(() => null)),
    )
    for (const { atMillis, values } of rows) {
      this.#samples.push(atMillis, values)
      this.#coarse.forEach((ring, index) => {
        const begin = beginOf(atMillis, ring.tier)
        if (begin > (written[index] ?? -Infinity)) addSample(ring, atMillis, values)
      })
    }
    this.#samples.written()
    const early = this.#early ?? []
    this.#early = null
    for (const { atMillis, values } of early) this.#push(atMillis, values)
  }

  #push(atMillis: number, values: ArrayLike<number>): void {
    this.#samples.push(atMillis, values)
    for (const ring of this.#coarse) addSample(ring, atMillis, values)
  }

  #next<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(act)
    this.#queue = result.catch(() => undefined)
    return result
  }
}

/** A tier's file. */
export function fileOf({ name }: Tier): string {
  return `${name}.ring`
}

/** What a file of this size takes on the disk. */
export function inBlocks(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES
}

interface Found extends Stretch {
  /** From when on it knows what happened; -Infinity: since before it was asked for, Infinity: nothing. */
  beginsAt: number
}

/** A ring's buckets since `from`, the one that it lies in too: on the disk, waiting for it, and open. */
async function bucketsOf({ tier, file, waiting, open, openAt }: CoarseRing, from: number) {
  const begin = beginOf(from, tier)
  const written = await readable(file.read(begin))
  const inMemory = [...waiting.newest(waiting.unwritten)]
  if (!open.isEmpty) inMemory.push({ atMillis: openAt, values: open.row() })
  const rows = increasing([
    ...written.rows,
    ...inMemory
      .filter(({ atMillis }) => atMillis >= begin)
      .map(({ atMillis, values }) => ({ atMillis, values: values.slice() })),
  ])
  const reachesBack = written.reachesBack || inMemory.some(({ atMillis }) => atMillis <= begin)
  return { bucketMillis: tier.bucketMillis, rows, beginsAt: beginningOf(rows, reachesBack) }
}

/** What a disk that refuses has is not known; what is in memory is. */
function readable(reading: ReturnType<RingFile['read']>): ReturnType<RingFile['read']> {
  return reading.catch((error: unknown) => {
    log.warn({ error }, 'the history of the statistics could not be read')
    return { rows: [], reachesBack: false }
  })
}

function beginningOf(rows: readonly Row[], reachesBack: boolean): number {
  return reachesBack ? -Infinity : (rows[0]?.atMillis ?? Infinity)
}

function addSample(ring: CoarseRing, atMillis: number, values: ArrayLike<number>): void {
  const begin = beginOf(atMillis, ring.tier)
  if (begin !== ring.openAt) {
    if (!ring.open.isEmpty) ring.waiting.push(ring.openAt, ring.open.row())
    ring.open.clear()
    ring.openAt = begin
  }
  ring.open.add(values)
}

/** Rows that come while the write is under way stay to be written. */
async function writeRing(ring: RowRing, file: RingFile): Promise<void> {
  const rows = [...ring.newest(ring.unwritten)].map(({ atMillis, values }) => ({
    atMillis,
    values: values.slice(),
  }))
  ring.written()
  try {
    await file.append(rows)
  } catch (error) {
    ring.notWritten(rows.length)
    throw error
  }
}

function beginOf(atMillis: number, { bucketMillis }: Tier): number {
  return Math.floor(atMillis / bucketMillis) * bucketMillis
}
