import type { ContainerStats } from '../../preload/contract/stats'
import { bytes, percent } from '../format'
import type { Key } from '../words'
import { valueOf } from './values'

/** A container's CPU or memory now, in words. */
export function figureText(
  stats: ContainerStats | undefined,
  figure: 'cpu' | 'memory',
  t: (key: Key) => string,
): string {
  const value = valueOf(stats, figure === 'cpu' ? 'cpuPercent' : 'memoryBytes')
  if (value === null) return t('stats.none')
  return figure === 'cpu' ? percent(value) : bytes(value)
}
