import {
  isShareOfLimit,
  limitShares,
  unitOf,
  type ComparableFigure,
} from '../../preload/contract/figures'
import type { ChartLine, ChartModel } from '../stats/chartModel'
import type { ContainerSeries, MetricSeries } from '../stats/history'
import type { Point } from '../stats/series'
import { seriesColours } from '../stats/useCanvasColours'

/** Colours are not alone in telling lines apart. */
export const dashes: readonly (readonly number[])[] = [
  [],
  [8, 3],
  [3, 2],
  [10, 3, 2, 3],
  [6, 2, 2, 2, 2, 2],
  [14, 4],
]

export interface Compared {
  id: string
  name: string
  /** Which colour and dashes it has. */
  slot: number
  series: ContainerSeries | undefined
}

/** One metric of several containers in one chart. One that was never known has no line. */
export function compareChart(
  metric: ComparableFigure,
  title: string,
  containers: readonly Compared[],
): ChartModel {
  const lines = containers.flatMap(({ id, name, slot, series }): ChartLine[] => {
    const own = series && seriesOf(series, metric)
    if (!own) return []
    const colour = seriesColours[slot] ?? 'text'
    const dash = dashes[slot] ?? []
    return [{ id, label: name, unit: unitOf(metric), colour, series: own, look: 'main', dash }]
  })
  const all = containers.flatMap(({ series }) => series ?? [])
  return {
    id: 'compare',
    title,
    unit: unitOf(metric),
    lines,
    strips: [],
    limitReach: 0,
    bucketMillis: Math.max(1_000, ...all.map(({ bucketMillis }) => bucketMillis)),
    note: null,
    version: all.reduce((sum, { version }) => sum + version, 0),
  }
}

function seriesOf(container: ContainerSeries, metric: ComparableFigure): MetricSeries | undefined {
  if (!isShareOfLimit(metric)) return container.series.get(metric)
  const { value, limit } = limitShares[metric]
  return shareOf(container.series.get(value), container.series.get(limit))
}

/** A series in percent of its limit at the same moments; a gap where there was none. */
function shareOf(
  value: MetricSeries | undefined,
  limit: MetricSeries | undefined,
): MetricSeries | undefined {
  if (!value || !limit) return undefined
  const limitAt = new Map(limit.average.map(({ x, y }) => [x, y]))
  const share = (points: readonly Point[]) =>
    points.map(({ x, y }) => ({ x, y: (y / (limitAt.get(x) || Number.NaN)) * 100 }))
  const { average, edges } = value
  return {
    average: share(average),
    edges: edges && { minimum: share(edges.minimum), maximum: share(edges.maximum) },
  }
}
