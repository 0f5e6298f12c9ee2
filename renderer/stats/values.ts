import { metricIndex, type ContainerStats, type Metric } from '../../preload/contract/stats'

/** Shares of a limit: not measured, but worked out from what is. */
export type ShareOfLimit = 'cpuOfLimitPercent' | 'memoryOfLimitPercent'

/**
 * A container's figure at a tick; null where it is not known, in a gap, and for a share of a limit that
 * is not set.
 */
export function valueOf(
  stats: ContainerStats | undefined,
  metric: Metric | ShareOfLimit,
): number | null {
  if (!stats) return null
  if (metric === 'cpuOfLimitPercent') {
    return percentOf(valueOf(stats, 'cpuPercent'), valueOf(stats, 'cpuLimitPercent'))
  }
  if (metric === 'memoryOfLimitPercent') {
    return percentOf(valueOf(stats, 'memoryBytes'), valueOf(stats, 'memoryLimitBytes'))
  }
  return stats.values[metricIndex[metric]] ?? null
}

function percentOf(value: number | null, limit: number | null): number | null {
  return value === null || limit === null || limit <= 0 ? null : (value / limit) * 100
}
