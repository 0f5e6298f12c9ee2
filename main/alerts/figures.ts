import { unitOf, type Figure } from '../../preload/contract/figures'
import { say, spokenLanguage } from '../../preload/contract/say'

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** A value of a metric with its unit: `93.2%`, `1.5 GiB`, `12.0 MiB/s`, `180`. */
export function figureText(metric: Figure, value: number): string {
  switch (unitOf(metric)) {
    case 'percent':
      return say`${decimal(value)}%`
    case 'bytes':
      return bytesText(value)
    case 'bytesPerSecond':
      return `${bytesText(value)}/s`
    case 'count':
      return decimal(value)
  }
}

function bytesText(bytes: number): string {
  let value = bytes
  let power = 0
  while (value >= 1023.95 && power < binaryUnits.length - 1) {
    value /= 1024
    power++
  }
  return `${decimal(value)} ${binaryUnits[power] ?? ''}`
}

/** One decimal where there is one. */
const decimal = (value: number) =>
  value.toLocaleString(spokenLanguage(), { maximumFractionDigits: 1, useGrouping: false })
