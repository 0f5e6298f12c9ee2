import { metrics, type Metric } from '../../../preload/contract/stats'

export type Figures = Record<Metric, number | null>

/** A row of values by the metrics' names; what is not known is null. */
export function figuresOf(values: ArrayLike<number | null>): Figures {
  const entries = metrics.map((metric, index) => {
    const value = values[index] ?? Number.NaN
    return [metric, Number.isNaN(value) ? null : value]
  })
  return Object.fromEntries(entries) as Figures
}
