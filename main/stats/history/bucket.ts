import { metrics } from '../../../preload/contract/stats'
import { FIGURES, inBucket } from './tiers'

/** The row of a bucket that has a single sample. */
export function rowOfSample(values: ArrayLike<number>): Float32Array {
  const row = new Float32Array(metrics.length * FIGURES)
  for (let metric = 0; metric < metrics.length; metric++)
    row.fill(values[metric] ?? Number.NaN, metric * FIGURES, (metric + 1) * FIGURES)
  return row
}

/** The samples of one stretch of time, put together: per metric the average, minimum and maximum. */
export class Bucket {
  readonly #counts = new Uint32Array(metrics.length)
  readonly #sums = new Float64Array(metrics.length)
  /** A row as it is kept; metrics without any sample are NaN. */
  readonly #row = new Float32Array(metrics.length * FIGURES)
  #isEmpty = true

  constructor() {
    this.clear()
  }

  get isEmpty(): boolean {
    return this.#isEmpty
  }

  clear(): void {
    this.#counts.fill(0)
    this.#sums.fill(0)
    this.#row.fill(Number.NaN)
    this.#isEmpty = true
  }

  /** Adds a sample; NaN counts for nothing. All samples weigh the same. */
  add(values: ArrayLike<number>): void {
    this.#isEmpty = false
    for (let metric = 0; metric < metrics.length; metric++) {
      const value = values[metric] ?? Number.NaN
      if (!Number.isNaN(value)) this.#widen(metric, value, value, value)
    }
  }

  /** Adds a finer bucket's row, with the weight of one. */
  addRow(row: ArrayLike<number>): void {
    this.#isEmpty = false
    for (let metric = 0; metric < metrics.length; metric++) {
      const at = metric * FIGURES
      const average = row[at + inBucket.average] ?? Number.NaN
      if (Number.isNaN(average)) continue
      this.#widen(
        metric,
        average,
        row[at + inBucket.minimum] ?? average,
        row[at + inBucket.maximum] ?? average,
      )
    }
  }

  /** The row of what was added; valid until the next change. */
  row(): Float32Array {
    for (let metric = 0; metric < metrics.length; metric++) {
      const count = this.#counts[metric] ?? 0
      if (count > 0)
        this.#row[metric * FIGURES + inBucket.average] = (this.#sums[metric] ?? 0) / count
    }
    return this.#row
  }

  #widen(metric: number, average: number, minimum: number, maximum: number): void {
    const row = this.#row
    const at = metric * FIGURES
    const first = this.#counts[metric] === 0
    this.#counts[metric] = (this.#counts[metric] ?? 0) + 1
    this.#sums[metric] = (this.#sums[metric] ?? 0) + average
    const lowest = row[at + inBucket.minimum] ?? minimum
    const highest = row[at + inBucket.maximum] ?? maximum
    row[at + inBucket.minimum] = first ? minimum : Math.min(lowest, minimum)
    row[at + inBucket.maximum] = first ? maximum : Math.max(highest, maximum)
  }
}
