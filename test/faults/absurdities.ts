import { cpus, totalmem } from 'node:os'
import {
  metricIndex,
  metrics,
  type Metric,
  type StatsHistory,
  type StatsTick,
} from '../../preload/contract/stats'

/** They compare two moments, so the first moment of a container has none. */
const rates = metrics.filter((metric) => /PerSecond$|Percent$/.test(metric) && !isLimit(metric))
/** A share of time cannot be more than all of it; two clocks are read one after the other. */
const MOST_SHARE_PERCENT = 110
/** Ticks that are further apart were not taken one after the other: a slow reader misses some. */
const ADJACENT_MILLIS = 1_500

export interface Bounds {
  /** The most CPU that a container can use, percent of one core. By default all that there is. */
  cpuPercent?: number
}

/**
 * What no measurement can have told, in words; empty where all is well. A fault may leave gaps, but
 * never a spike, a negative, a time that goes back, or a rate over a moment that nobody measured.
 */
export function absurditiesOf(ticks: readonly StatsTick[], bounds: Bounds = {}): string[] {
  const found: string[] = []
  for (const [index, tick] of ticks.entries()) {
    const before = ticks[index - 1]
    const complain = (what: string) => found.push(`tick ${index} at ${tick.at}: ${what}`)
    if (before && tick.at <= before.at) complain(`not later than ${before.at}`)
    if (new Set(tick.containers.map(({ id }) => id)).size < tick.containers.length) {
      complain('a container twice')
    }
    const { cpuPercent, memoryTotalBytes, memoryUsedBytes } = tick.machine
    if (cpuPercent !== null && !(cpuPercent >= 0 && cpuPercent <= 100)) {
      complain(`machine uses ${cpuPercent} %`)
    }
    if ((memoryUsedBytes ?? 0) > (memoryTotalBytes ?? Infinity))
      complain('more memory than there is')
    const known = new Set(
      before?.containers.filter(({ source }) => source !== null).map(({ id }) => id),
    )
    const isNext = before !== undefined && tick.at - before.at < ADJACENT_MILLIS
    for (const { id, values, source } of tick.containers) {
      const name = id.slice(0, 6)
      if (values.length !== metrics.length) complain(`${name}: ${values.length} values`)
      for (const metric of metrics) {
        const value = values[metricIndex[metric]] ?? null
        if (value === null) continue
        if (source === null) complain(`${name}: ${metric} from nowhere`)
        if (isAbsurd(metric, value, bounds)) complain(`${name}: ${metric} is ${value}`)
        if (isNext && !known.has(id) && rates.includes(metric)) {
          complain(`${name}: ${metric} over a gap`)
        }
      }
    }
  }
  return found
}

/** The same for what is kept: its columns, too, hold what they may, and are as long as its times. */
export function absurditiesOfHistory(history: StatsHistory, bounds: Bounds = {}): string[] {
  const found: string[] = []
  history.at.forEach((at, index) => {
    if (index > 0 && at <= (history.at[index - 1] ?? 0)) found.push(`time ${index} goes back`)
  })
  for (const metric of metrics) {
    const columns = history.metrics[metric]
    if (!columns) continue
    const { minimum, average, maximum } = columns
    for (const column of [minimum, average, maximum]) {
      if (column.length !== history.at.length) found.push(`${metric}: not as long as its times`)
      for (const value of column) {
        if (value !== null && isAbsurd(metric, value, bounds)) found.push(`${metric}: ${value}`)
      }
    }
    average.forEach((value, index) => {
      const [low, high] = [minimum[index] ?? null, maximum[index] ?? null]
      const isKnown = value !== null && low !== null && high !== null
      const isGap = value === null && low === null && high === null
      // Averages are sums, which round.
      const inOrder = isKnown && low <= value * (1 + 1e-9) && value <= high * (1 + 1e-9)
      if (!isGap && !inOrder) found.push(`${metric}: ${low} ≤ ${value} ≤ ${high} does not hold`)
    })
  }
  return found
}

function isAbsurd(metric: Metric, value: number, bounds: Bounds): boolean {
  return !(value >= 0 && value <= mostOf(metric, bounds))
}

function mostOf(metric: Metric, { cpuPercent = cpus().length * 110 }: Bounds): number {
  if (metric === 'cpuPercent') return cpuPercent
  if (isLimit(metric)) return Number.MAX_VALUE
  if (metric === 'throttledTimePercent') return Number.MAX_VALUE
  if (metric.endsWith('Percent')) return MOST_SHARE_PERCENT
  if (metric.startsWith('memory')) return totalmem()
  return Number.MAX_VALUE
}

function isLimit(metric: Metric): boolean {
  return metric.includes('Limit')
}
