import {
  metrics,
  type ContainerStats,
  type Metric,
  type StatsHistory,
} from '../../preload/contract/stats'
import { append, type Point } from './series'
import { valueOf } from './values'

/** One metric over time. Points are changed in place as ticks come. */
export interface MetricSeries {
  average: Point[]
  /** Of the same moments; null where a point is one sample, which is all of these at once. */
  edges: { minimum: Point[]; maximum: Point[] } | null
}

/** What a page knows of a container's past. */
export interface ContainerSeries {
  /** The time a point stands for; milliseconds. */
  bucketMillis: number
  /** The metrics of which at least one value is known. */
  series: Map<Metric, MetricSeries>
  /** Grows with every change, so that what is drawn can tell. */
  version: number
}

/** Ticks come every second, every ten while nobody looks; a longer silence is a gap. */
export const longestSilenceMillis = 15_000

/** A chart line is broken where nothing was measured for longer than this. */
export const gapMillis = (bucketMillis: number) =>
  Math.max(longestSilenceMillis, 2.5 * bucketMillis)

export const nothingKnown = (): ContainerSeries => ({
  bucketMillis: 1_000,
  series: new Map(),
  version: 0,
})

/** Columns, as main sends them, as series to draw. */
export function fromHistory({ bucketMillis, at, metrics: columns }: StatsHistory): ContainerSeries {
  const gap = gapMillis(bucketMillis)
  const pointsOf = (values: readonly (number | null)[]) => {
    const points: Point[] = []
    at.forEach((x, index) => append(points, x, values[index] ?? null, gap))
    return points
  }
  const known = metrics.flatMap((metric): [Metric, MetricSeries][] => {
    const column = columns[metric]
    if (!column) return []
    const average = pointsOf(column.average)
    if (bucketMillis <= 1_000) return [[metric, { average, edges: null }]]
    const [minimum, maximum] = [pointsOf(column.minimum), pointsOf(column.maximum)]
    return [[metric, { average, edges: { minimum, maximum } }]]
  })
  return { bucketMillis, series: new Map(known), version: 0 }
}

/**
 * Adds a tick at the end, in place, and forgets what is older than `from`. A metric that becomes known
 * now (a limit that was set) has its own series from here on.
 */
export function addTick(
  container: ContainerSeries,
  at: number,
  stats: ContainerStats,
  from: number,
): void {
  const gap = gapMillis(container.bucketMillis)
  for (const metric of metrics) {
    const value = valueOf(stats, metric)
    const own = container.series.get(metric)
    if (!own && value === null) continue
    const series = own ?? { average: [], edges: null }
    container.series.set(metric, series)
    append(series.average, at, value, gap)
    forget(series.average, from)
    if (!series.edges) continue
    for (const points of [series.edges.minimum, series.edges.maximum]) {
      append(points, at, value, gap)
      forget(points, from)
    }
  }
  container.version++
}

/** Keeps one point before `from`, so that the line comes in from the edge. */
function forget(points: Point[], from: number) {
  const first = points.findIndex(({ x }) => x >= from)
  if (first > 1) points.splice(0, first - 1)
}
