import { metricIndex, type Metric } from './stats'

/** Shares of a limit, in percent: not measured, but worked out from two metrics that are. */
export const limitShares = {
  cpuOfLimitPercent: { value: 'cpuPercent', limit: 'cpuLimitPercent' },
  memoryOfLimitPercent: { value: 'memoryBytes', limit: 'memoryLimitBytes' },
} as const satisfies Record<string, { value: Metric; limit: Metric }>
export type ShareOfLimit = keyof typeof limitShares

/** What can be told of a container: what is measured, and its shares of limits. */
export type Figure = Metric | ShareOfLimit

export function isShareOfLimit(figure: Figure): figure is ShareOfLimit {
  return figure in limitShares
}

/** What containers are judged and compared by, in the order in which it is offered. */
export const comparableFigures = [
  'cpuPercent',
  'cpuOfLimitPercent',
  'memoryBytes',
  'memoryOfLimitPercent',
  'memoryCacheBytes',
  'memoryAnonymousBytes',
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
] as const satisfies readonly Figure[]
export type ComparableFigure = (typeof comparableFigures)[number]

/**
 * A figure out of a row of values (in the order of `metrics`), in percent for a share of a limit; null where it is not known, in a
 * gap, and for a share of a limit that is not set.
 */
export function figureOf(values: readonly (number | null)[], figure: Figure): number | null {
  if (!isShareOfLimit(figure)) return values[metricIndex[figure]] ?? null
  const share = limitShares[figure]
  const value = figureOf(values, share.value)
  const limit = figureOf(values, share.limit)
  return value === null || limit === null || limit <= 0 ? null : (value / limit) * 100
}

/** What a figure is counted in. */
export type Unit = 'percent' | 'bytes' | 'bytesPerSecond' | 'count'

/** The unit that a figure's name ends with. */
export function unitOf(figure: Figure): Unit {
  if (figure.endsWith('Percent')) return 'percent'
  if (figure.endsWith('BytesPerSecond')) return 'bytesPerSecond'
  return figure.endsWith('Bytes') ? 'bytes' : 'count'
}
