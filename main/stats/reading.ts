import { metricIndex as metric, metrics } from '../../preload/contract/stats'

/**
 * What is read of a container at one moment, before any rate is worked out. Counters only grow while
 * the container lives; the rest are gauges.
 */
export const readingFields = [
  'cpuNanos',
  'periods',
  'throttledPeriods',
  'throttledNanos',
  'receivedBytes',
  'sentBytes',
  'readBytes',
  'writtenBytes',
  'cpuSomeMicros',
  'cpuFullMicros',
  'memorySomeMicros',
  'memoryFullMicros',
  'ioSomeMicros',
  'ioFullMicros',
  'oomKills',
  'memoryBytes',
  'memoryCacheBytes',
  'memoryAnonymousBytes',
  'processes',
  'cpuLimitCores',
  'memoryLimitBytes',
  'processesLimit',
] as const
type ReadingField = (typeof readingFields)[number]

/** Where a field stands in a reading. */
export const field = Object.fromEntries(
  readingFields.map((name, index) => [name, index]),
) as Record<ReadingField, number>

/** One value per field; NaN is not known. */
export type Reading = Float64Array

export function createReading(): Reading {
  return new Float64Array(readingFields.length).fill(Number.NaN)
}

/** Counters that become a rate: `counter` per millisecond times `scale`. */
const rates = [
  // Nanoseconds per millisecond: 1e6 are one core.
  { metric: metric.cpuPercent, counter: field.cpuNanos, scale: 1e-4 },
  { metric: metric.throttledTimePercent, counter: field.throttledNanos, scale: 1e-4 },
  { metric: metric.receivedBytesPerSecond, counter: field.receivedBytes, scale: 1_000 },
  { metric: metric.sentBytesPerSecond, counter: field.sentBytes, scale: 1_000 },
  { metric: metric.readBytesPerSecond, counter: field.readBytes, scale: 1_000 },
  { metric: metric.writtenBytesPerSecond, counter: field.writtenBytes, scale: 1_000 },
  // Microseconds per millisecond: 1,000 are all of the time.
  { metric: metric.cpuSomePressurePercent, counter: field.cpuSomeMicros, scale: 0.1 },
  { metric: metric.cpuFullPressurePercent, counter: field.cpuFullMicros, scale: 0.1 },
  { metric: metric.memorySomePressurePercent, counter: field.memorySomeMicros, scale: 0.1 },
  { metric: metric.memoryFullPressurePercent, counter: field.memoryFullMicros, scale: 0.1 },
  { metric: metric.ioSomePressurePercent, counter: field.ioSomeMicros, scale: 0.1 },
  { metric: metric.ioFullPressurePercent, counter: field.ioFullMicros, scale: 0.1 },
]

const gauges = [
  { metric: metric.memoryBytes, gauge: field.memoryBytes, scale: 1 },
  { metric: metric.memoryCacheBytes, gauge: field.memoryCacheBytes, scale: 1 },
  { metric: metric.memoryAnonymousBytes, gauge: field.memoryAnonymousBytes, scale: 1 },
  { metric: metric.processes, gauge: field.processes, scale: 1 },
  { metric: metric.cpuLimitPercent, gauge: field.cpuLimitCores, scale: 100 },
  { metric: metric.memoryLimitBytes, gauge: field.memoryLimitBytes, scale: 1 },
  { metric: metric.processesLimit, gauge: field.processesLimit, scale: 1 },
]

/**
 * Turns a container's readings into rows of the contract's metrics. A rate is the counter's increase
 * over the time measured between two readings, never over the nominal one; it is not known (a gap) at
 * the first reading and where the counter went backwards, which is a restart.
 */
export class Rates {
  /** The newest row, in the order of `metrics`; overwritten by the next reading. NaN is not known. */
  readonly values = new Float64Array(metrics.length).fill(Number.NaN)
  /** Processes that the kernel killed for want of memory between the last two readings. */
  oomKills = 0
  readonly #before = createReading()
  #beforeMillis = Number.NaN

  /**
   * @param reading Copied, so the caller may reuse it.
   * @param atMillis When it was read, by a clock that does not jump.
   */
  take(reading: Reading, atMillis: number): void {
    const { values } = this
    const before = this.#before
    const elapsedMillis = atMillis - this.#beforeMillis
    for (const { metric: index, counter, scale } of rates) {
      values[index] = (increase(before, reading, counter) / elapsedMillis) * scale
    }
    const periods = increase(before, reading, field.periods)
    const throttled = increase(before, reading, field.throttledPeriods)
    // An idle container's quota counts no periods: there was nothing to wait in.
    values[metric.throttledPeriodsPercent] = periods > 0 ? (throttled / periods) * 100 : periods
    for (const { metric: index, gauge, scale } of gauges) {
      values[index] = (reading[gauge] ?? Number.NaN) * scale
    }
    if (!(elapsedMillis > 0)) for (const { metric: index } of rates) values[index] = Number.NaN
    if (Number.isNaN(reading[field.cpuLimitCores])) {
      // Without a quota nothing is throttled, and no period is counted.
      values[metric.throttledPeriodsPercent] = Number.NaN
      values[metric.throttledTimePercent] = Number.NaN
    }
    this.oomKills = increase(before, reading, field.oomKills) || 0
    before.set(reading)
    this.#beforeMillis = atMillis
  }

  /** True where the counter stands where it stood at the reading before. */
  isAsBefore(reading: Reading, counter: number): boolean {
    return reading[counter] === this.#before[counter]
  }

  /** Makes `reading` the one before. */
  copyBefore(reading: Reading): void {
    reading.set(this.#before)
  }

  /** No rate may span this moment; a kill before it is one all the same. */
  forget(): void {
    const oomKills = this.#before[field.oomKills] ?? Number.NaN
    this.#before.fill(Number.NaN)
    this.#before[field.oomKills] = oomKills
    this.#beforeMillis = Number.NaN
  }
}

function increase(before: Reading, after: Reading, index: number): number {
  const difference = (after[index] ?? Number.NaN) - (before[index] ?? Number.NaN)
  return difference >= 0 ? difference : Number.NaN
}
