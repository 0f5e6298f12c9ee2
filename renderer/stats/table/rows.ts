import type { Point } from '../series'
import type { Span } from '../timeView'

/** A figure of a chart, for its table. */
export interface TableFigure {
  label: string
  points: readonly Point[]
  /** How a value is written. */
  text: (value: number) => string
}

export interface TableRow {
  /** When it begins; milliseconds since 1970. */
  at: number
  /** In the order of the figures: the mean of what was measured meanwhile; null where nothing was. */
  values: readonly (number | null)[]
}

export interface ChartTable {
  /** The time that a row stands for; milliseconds. */
  stepMillis: number
  /** From the earliest on; times at which nothing was measured are left out. */
  rows: readonly TableRow[]
}

/** More would not be read. */
export const mostRows = 60

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
]

/** What lies within a stretch of time, in so many equal times that each is a row. */
export function tableOf(figures: readonly TableFigure[], span: Span): ChartTable {
  const stepMillis =
    steps.find((step) => rowCount(span, step) <= mostRows) ??
    Math.ceil((span.to - span.from) / (mostRows - 1) / day) * day
  const columns = figures.map(({ points }) => meansOf(points, span, stepMillis))
  const moments = new Set(columns.flatMap((column) => [...column.keys()]))
  const rows = [...moments]
    .sort((a, b) => a - b)
    .map((at) => ({ at, values: columns.map((column) => column.get(at) ?? null) }))
  return { stepMillis, rows }
}

const rowCount = ({ from, to }: Span, step: number) =>
  Math.floor(to / step) - Math.floor(from / step) + 1

/** By the moment at which each time begins. */
function meansOf(points: readonly Point[], { from, to }: Span, step: number): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>()
  for (const { x, y } of points) {
    if (x < from || x > to || Number.isNaN(y)) continue
    const at = Math.floor(x / step) * step
    const { sum, count } = sums.get(at) ?? { sum: 0, count: 0 }
    sums.set(at, { sum: sum + y, count: count + 1 })
  }
  return new Map([...sums].map(([at, { sum, count }]) => [at, sum / count]))
}
