import {
  metrics,
  type Metric,
  type MetricHistory,
  type StatsHistory,
} from '../../../preload/contract/stats'
import { Bucket } from './bucket'
import type { Row } from './rowRing'
import { FIGURES, inBucket } from './tiers'

/** At the coarse rhythm samples are 10 s apart; a longer silence was a time that nobody measured. */
const LONGEST_SILENCE_MILLIS = 25_000
/** Enough for any chart; it keeps messages short. */
const DIGITS = 8

/** The widths that buckets may be given, so that they begin at round times; milliseconds. */
const widths = [
  ...[1, 2, 5, 10, 15, 20, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 4, 6, 8, 12, 24].map((hours) => hours * 3_600_000),
]

/**
 * Puts rows together for a chart.
 *
 * @param rows Buckets in the order of their time.
 * @param finestMillis How wide the widest of them are; 1,000 for single samples.
 * @param spanMillis The time that was asked for.
 * @param points At most about so many are given: buckets become as wide as that takes, a round time.
 *   The average of a wider bucket is that of its finer ones' averages.
 */
export function statsHistory(
  rows: Iterable<Row>,
  {
    finestMillis,
    spanMillis,
    points,
  }: { finestMillis: number; spanMillis: number; points: number },
): StatsHistory {
  const least = Math.max(finestMillis, spanMillis / points)
  const bucketMillis = widths.find((width) => width >= least) ?? Math.ceil(least)
  const columns = new Columns(Math.max(LONGEST_SILENCE_MILLIS, 2.5 * bucketMillis))
  if (bucketMillis === finestMillis) {
    for (const { atMillis, values } of rows) columns.push(atMillis, values)
  } else {
    const bucket = new Bucket()
    let openAt = -Infinity
    for (const { atMillis, values } of rows) {
      const begin = Math.floor(atMillis / bucketMillis) * bucketMillis
      if (begin !== openAt && !bucket.isEmpty) {
        columns.push(openAt, bucket.row())
        bucket.clear()
      }
      openAt = begin
      bucket.addRow(values)
    }
    if (!bucket.isEmpty) columns.push(openAt, bucket.row())
  }
  return columns.result(bucketMillis)
}

/** Rows turned into columns; a row of gaps is put where nothing was measured for too long. */
class Columns {
  readonly #at: number[] = []
  readonly #columns = new Map<Metric, MetricHistory>(
    metrics.map((metric) => [metric, { average: [], minimum: [], maximum: [] }]),
  )
  readonly #known = new Set<Metric>()
  readonly #silenceMillis: number

  constructor(silenceMillis: number) {
    this.#silenceMillis = silenceMillis
  }

  push(atMillis: number, values: Float32Array): void {
    const last = this.#at.at(-1)
    if (last !== undefined && atMillis - last > this.#silenceMillis) this.#add(last + 1, null)
    this.#add(atMillis, values)
  }

  result(bucketMillis: number): StatsHistory {
    const known = [...this.#columns].filter(([metric]) => this.#known.has(metric))
    return { bucketMillis, at: this.#at, metrics: Object.fromEntries(known) }
  }

  #add(atMillis: number, values: Float32Array | null): void {
    this.#at.push(atMillis)
    metrics.forEach((metric, index) => {
      const column = this.#columns.get(metric)
      const average = numberOf(values?.[index * FIGURES + inBucket.average])
      if (average !== null) this.#known.add(metric)
      column?.average.push(average)
      column?.minimum.push(numberOf(values?.[index * FIGURES + inBucket.minimum]))
      column?.maximum.push(numberOf(values?.[index * FIGURES + inBucket.maximum]))
    })
  }
}

function numberOf(value: number | undefined): number | null {
  if (value === undefined || Number.isNaN(value)) return null
  return Number(value.toPrecision(DIGITS))
}
