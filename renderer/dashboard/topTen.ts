import type { ContainerStats, Metric } from '../../preload/contract/stats'
import { valueOf } from '../stats/values'

/** What the containers can be ranked by. */
export const topMetrics = [
  'cpuPercent',
  'memoryBytes',
  'receivedBytesPerSecond',
  'sentBytesPerSecond',
  'readBytesPerSecond',
  'writtenBytesPerSecond',
  'processes',
  'throttledPeriodsPercent',
] as const satisfies readonly Metric[]
export type TopMetric = (typeof topMetrics)[number]

/**
 * The ids of the ten containers with the most, the first by name among equals; those whose value is
 * not known are left out.
 */
export function topTen(
  containers: Iterable<ContainerStats>,
  metric: Metric,
  nameOf: (id: string) => string,
): string[] {
  return [...containers]
    .flatMap((stats) => {
      const value = valueOf(stats, metric)
      return value === null ? [] : [{ id: stats.id, name: nameOf(stats.id), value }]
    })
    .sort((a, b) => b.value - a.value || a.name.localeCompare(b.name))
    .slice(0, 10)
    .map(({ id }) => id)
}
