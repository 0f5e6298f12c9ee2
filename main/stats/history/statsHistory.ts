import { metrics, type MetricHistory, type StatsHistory } from '../../../preload/contract/stats'
import { Bucket } from './bucket'
import type { Stretch } from './containerHistory'
import { FIGURES, inBucket, samples } from './tiers'

/** At the coarse rhythm samples are 10 s apart; a longer silence was a time that nobody measured. */
const LONGEST_SILENCE_MILLIS = 25_000
/** Three decimals, as in a tick: enough for any chart, and messages stay short. */
const DECIMALS = 1_000

/** The widths that buckets may be given, so that they begin at round times; milliseconds. */
const widths = [
  ...[1, 2, 5, 10, 15, 20, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 4, 6, 8, 12, 24].map((hours) => hours * 3_600_000),
]

/**
 * Puts stretches of time together for a chart. Buckets become as wide as the widest of them, or as it
 * takes to keep to `points`, at a round time. The average of a wider bucket is that of its finer ones'
 * averages; its extremes are theirs. Where nothing was measured for 25 s, or 2.5 buckets, there is a gap.
 *
 * @param stretches In the order of their time. Where one begins before another ended, both count.
 * @param spanMillis The time that was asked for.
 * @param points At most so many are given; the oldest are left out.
 */
export function statsHistory(
  stretches: readonly Stretch[],
  { spanMillis, points }: { spanMillis: number; points: number },
): StatsHistory {
  const given = stretches.filter(({ rows }) => rows.length > 0)
  const widest = Math.max(samples.bucketMillis, ...given.map(({ bucketMillis }) => bucketMillis))
  const least = Math.max(widest, spanMillis / points)
  const bucketMillis = widths.find((width) => width >= least) ?? Math.ceil(least)
  const columns = new Columns(Math.max(LONGEST_SILENCE_MILLIS, 2.5 * bucketMillis))
  if (bucketMillis === samples.bucketMillis) {
    for (const { rows } of given)
      for (const { atMillis, values } of rows) columns.push(atMillis, values)
  } else {
    widen(given, bucketMillis, columns)
  }
  return columns.result(bucketMillis, points)
}

function widen(stretches: readonly Stretch[], bucketMillis: number, columns: Columns): void {
  const bucket = new Bucket()
  let openAt = -Infinity
  for (const { rows } of stretches) {
    for (const { atMillis, values } of rows) {
      const begin = Math.floor(atMillis / bucketMillis) * bucketMillis
      if (begin > openAt) {
        if (!bucket.isEmpty) columns.push(openAt, bucket.row())
        bucket.clear()
        openAt = begin
      }
      bucket.addRow(values)
    }
  }
  if (!bucket.isEmpty) columns.push(openAt, bucket.row())
}

/** Rows turned into columns; a row of gaps is put where nothing was measured for too long. */
class Columns {
  readonly #at: number[] = []
  readonly #columns: MetricHistory[] = metrics.map(() => ({
    average: [],
    minimum: [],
    maximum: [],
  }))
  readonly #known = new Set<number>()
  readonly #silenceMillis: number

  constructor(silenceMillis: number) {
    this.#silenceMillis = silenceMillis
  }

  /** Adds a row that is later than those before it; another is left out. */
  push(atMillis: number, values: Float32Array): void {
    const last = this.#at.at(-1) ?? -Infinity
    if (atMillis <= last) return
    if (Number.isFinite(last) && atMillis - last > this.#silenceMillis) this.#add(last + 1, null)
    this.#add(atMillis, values)
  }

  result(bucketMillis: number, points: number): StatsHistory {
    const newest = <Value>(column: Value[]) => column.slice(-points)
    const known = metrics.flatMap((metric, index) => {
      const column = this.#columns[index]
      if (!column || !this.#known.has(index)) return []
      const { average, minimum, maximum } = column
      const kept = {
        average: newest(average),
        minimum: newest(minimum),
        maximum: newest(maximum),
      }
      return [[metric, kept] as const]
    })
    return { bucketMillis, at: newest(this.#at), metrics: Object.fromEntries(known) }
  }

  #add(atMillis: number, values: Float32Array | null): void {
    this.#at.push(atMillis)
    this.#columns.forEach(({ average, minimum, maximum }, index) => {
      const value = numberOf(values?.[index * FIGURES + inBucket.average])
      if (value !== null) this.#known.add(index)
      average.push(value)
      minimum.push(numberOf(values?.[index * FIGURES + inBucket.minimum]))
      maximum.push(numberOf(values?.[index * FIGURES + inBucket.maximum]))
    })
  }
}

function numberOf(value: number | undefined): number | null {
  if (value === undefined || Number.isNaN(value)) return null
  return Math.round(value * DECIMALS) / DECIMALS
}
