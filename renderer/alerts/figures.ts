import { unitOf, type Figure, type Unit } from '../../preload/contract/figures'
import { roundBytes, roundPercent } from '../format'
import { numberFormat } from '../words/formats'

/** `93.2%`, `1.5 GiB`, `12 MiB/s`, `180`: a value or threshold of a metric, without zeros at its end. */
export function figureText(metric: Figure, value: number): string {
  switch (unitOf(metric)) {
    case 'percent':
      return roundPercent(value)
    case 'bytes':
      return roundBytes(value)
    case 'bytesPerSecond':
      return `${roundBytes(value)}/s`
    case 'count':
      return short(value)
  }
}

const short = numberFormat({ maximumFractionDigits: 1, useGrouping: false })

/** What a threshold is typed in: the word for it, and how much of the metric's unit one is. */
export const typedUnits: Readonly<Record<Unit, { word: string; size: number }>> = {
  percent: { word: '%', size: 1 },
  bytes: { word: 'MiB', size: 1024 ** 2 },
  bytesPerSecond: { word: 'MiB/s', size: 1024 ** 2 },
  count: { word: '', size: 1 },
}
