import { join } from 'node:path'
import { Bucket } from './bucket'
import { RingFile } from './ringFile'
import { RowRing, type Row } from './rowRing'
import { buckets, samples, type Tier } from './tiers'

/** What a file takes at least, on most disks. */
export const BLOCK_BYTES = 4_096
/** Closed buckets that wait for the disk: ten minutes of the finest, should it be full meanwhile. */
const WAITING_BUCKETS = 60

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

  /** `folder` holds its files; it must exist before `flush`. */
  constructor(folder: string) {
    this.#samplesFile = new RingFile(join(folder, `${samples.name}.ring`), samples)
    this.#coarse = buckets.map((tier) => ({
      tier,
      file: new RingFile(join(folder, `${tier.name}.ring`), tier),
      waiting: new RowRing(WAITING_BUCKETS, tier.columns),
      open: new Bucket(),
      openAt: -Infinity,
    }))
    this.#queue = this.#load()
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
   * The rows between two moments, out of the finest ring that reaches back to the first of them, else
   * out of the coarsest. Samples are given as buckets of their own.
   */
  rows(from: number, to: number): Promise<{ tier: Tier; rows: Row[] }> {
    return this.#next(async () => {
      const kept = [...this.#samples.newest()]
      if (kept.length < samples.capacity || (kept[0]?.atMillis ?? 0) <= from) {
        return { tier: samples, rows: kept.filter(isWithin).map(asBucket) }
      }
      let chosen: { tier: Tier; rows: Row[] } = { tier: samples, rows: [] }
      for (const { tier, file, waiting, open, openAt } of this.#coarse) {
        // The bucket that `from` lies in begins before it.
        const written = await file.read(beginOf(from, tier))
        const rows = [...written.rows, ...waiting.newest(waiting.unwritten)]
        if (!open.isEmpty) rows.push({ atMillis: openAt, values: open.row() })
        chosen = { tier, rows: rows.filter(({ atMillis }) => atMillis <= to) }
        if (written.reachesBack) break
      }
      return chosen
    })

    function isWithin({ atMillis }: Row): boolean {
      return atMillis >= from && atMillis <= to
    }
  }

  /** What its files take on the disk, in whole blocks; 0 before they were looked at. */
  get bytes(): number {
    const files = [this.#samplesFile, ...this.#coarse.map(({ file }) => file)]
    return files.reduce((sum, file) => sum + Math.ceil(file.bytes / BLOCK_BYTES) * BLOCK_BYTES, 0)
  }

  /** Reads the samples back, and fills with them the buckets that were open when the app ended. */
  async #load(): Promise<void> {
    const { rows } = await this.#samplesFile.read(0).catch(() => ({ rows: [] }))
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
    this.#samples.written(rows.length)
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

function addSample(ring: CoarseRing, atMillis: number, values: ArrayLike<number>): void {
  const begin = beginOf(atMillis, ring.tier)
  if (begin !== ring.openAt) {
    if (!ring.open.isEmpty) ring.waiting.push(ring.openAt, ring.open.row())
    ring.open.clear()
    ring.openAt = begin
  }
  ring.open.add(values)
}

/** Rows that came while the write was under way stay to be written. */
async function writeRing(ring: RowRing, file: RingFile): Promise<void> {
  const rows = [...ring.newest(ring.unwritten)].map(({ atMillis, values }) => ({
    atMillis,
    values: values.slice(),
  }))
  await file.append(rows)
  ring.written(rows.length)
}

function asBucket({ atMillis, values }: Row): Row {
  const bucket = new Bucket()
  bucket.add(values)
  return { atMillis, values: bucket.row() }
}

function beginOf(atMillis: number, { bucketMillis }: Tier): number {
  return Math.floor(atMillis / bucketMillis) * bucketMillis
}
