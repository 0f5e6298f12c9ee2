import type { Metric } from '../../preload/contract/stats'
import type { ShareOfLimit } from '../stats/values'

/** What containers can be compared by, in the order in which it is offered. */
export const comparedMetrics = [
  'cpuPercent',
  'cpuOfLimitPercent',
  'memoryBytes',
  'memoryOfLimitPercent',
  'memoryAnonymousBytes',
  'memoryCacheBytes',
  'receivedBytesPerSecond',
  'sentBytesPerSecond',
  'readBytesPerSecond',
  'writtenBytesPerSecond',
  'processes',
  'throttledPeriodsPercent',
  'throttledTimePercent',
  'cpuSomePressurePercent',
  'cpuFullPressurePercent',
  'memorySomePressurePercent',
  'memoryFullPressurePercent',
  'ioSomePressurePercent',
  'ioFullPressurePercent',
] as const satisfies readonly (Metric | ShareOfLimit)[]

export type ComparedMetric = (typeof comparedMetrics)[number]

/** So many lines can be told apart in one chart. */
export const mostCompared = 6
/** Fewer are no comparison. */
export const leastCompared = 2

export const canCompare = ({ length }: readonly unknown[]) =>
  length >= leastCompared && length <= mostCompared

/** Where some containers are compared. */
export const comparePath = (containers: readonly { id: string }[]) => ({
  path: '/compare',
  query: { ids: containers.map(({ id }) => id).join(',') },
})
