/** A figure over time, for a chart: NaN is a gap in the line. */
export interface Point {
  /** Milliseconds since 1970. */
  x: number
  y: number
}

export const windowMillis = 15 * 60_000

/** Ticks come every second; a longer silence was a time that nobody measured. */
const longestIntervalMillis = 3_500

/**
 * Adds a value at the end of a series, in place, and forgets what is older than the window. What lies at or after
 * this time is replaced: after a reconnect the last minute comes again, and clocks can be set back.
 */
export function append(points: Point[], at: number, value: number | null) {
  while ((points.at(-1)?.x ?? -Infinity) >= at) points.pop()
  const last = points.at(-1)
  if (last && at - last.x > longestIntervalMillis) points.push({ x: last.x + 1, y: Number.NaN })
  points.push({ x: at, y: value ?? Number.NaN })
  const oldest = points.findIndex(({ x }) => x >= at - windowMillis)
  if (oldest > 0) points.splice(0, oldest)
}

const minute = 60_000

/** How much time a chart shows, and how far apart its labels stand then; milliseconds. */
const spans: readonly { span: number; step: number }[] = [
  { span: minute, step: 15_000 },
  { span: 2 * minute, step: 30_000 },
  { span: 5 * minute, step: minute },
  { span: 10 * minute, step: 2 * minute },
  { span: windowMillis, step: 5 * minute },
]

/** The shortest span that all points fit in: a container that began just now fills its chart at once. */
export function spanOf(points: readonly Point[]): number {
  const length = (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0)
  return spans.find(({ span }) => length <= span)?.span ?? windowMillis
}

/** The round times within a span, for its labels. */
export function labelTimes(from: number, to: number): number[] {
  const step = spans.find(({ span }) => to - from <= span)?.step ?? 5 * minute
  const first = Math.ceil(from / step) * step
  return Array.from(
    { length: Math.floor((to - first) / step) + 1 },
    (_, index) => first + index * step,
  )
}

/** What a series comes to; null where nothing was measured. */
export interface Summary {
  now: number | null
  average: number | null
  peak: number | null
}

export function summarise(points: readonly Point[]): Summary {
  const values = points.map(({ y }) => y).filter((y) => !Number.isNaN(y))
  const last = points.at(-1)?.y ?? Number.NaN
  if (values.length === 0) return { now: null, average: null, peak: null }
  return {
    now: Number.isNaN(last) ? null : last,
    average: values.reduce((sum, value) => sum + value, 0) / values.length,
    peak: values.reduce((highest, value) => Math.max(highest, value), 0),
  }
}
