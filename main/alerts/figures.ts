import { alertUnitOf, type AlertMetric } from '../../preload/contract/alerts'
import { metricIndex } from '../../preload/contract/stats'

type Row = readonly (number | null)[]

/** How a metric is read out of a row of values in the order of `metrics`; null: not known. */
export function metricReader(metric: AlertMetric): (values: Row) => number | null {
  if (metric === 'cpuOfLimitPercent') {
    return shareReader(metricIndex.cpuPercent, metricIndex.cpuLimitPercent)
  }
  if (metric === 'memoryOfLimitPercent') {
    return shareReader(metricIndex.memoryBytes, metricIndex.memoryLimitBytes)
  }
  const index = metricIndex[metric]
  return (values) => values[index] ?? null
}

function shareReader(valueIndex: number, limitIndex: number): (values: Row) => number | null {
  return (values) => {
    const value = values[valueIndex] ?? null
    const limit = values[limitIndex] ?? null
    return value === null || limit === null || limit <= 0 ? null : (value / limit) * 100
  }
}

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** A value of a metric with its unit: `93.2%`, `1.5 GiB`, `12.0 MiB/s`, `180`. */
export function figureText(metric: AlertMetric, value: number): string {
  switch (alertUnitOf(metric)) {
    case 'percent':
      return `${decimal(value)}%`
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
const decimal = (value: number) => String(Math.round(value * 10) / 10)
