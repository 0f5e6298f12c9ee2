import type { Span } from './timeView'

/** A figure over time, for a chart: NaN is a gap in the line. */
export interface Point {
  /** Milliseconds since 1970. */
  x: number
  y: number
}

/**
 * Adds a value at the end of a series, in place. What lies at or after this time is replaced: after a
 * reconnect the last minute comes again, and clocks can be set back.
 *
 * @param gapMillis After a silence longer than this the line is broken.
 */
export function append(points: Point[], at: number, value: number | null, gapMillis: number) {
  while ((points.at(-1)?.x ?? -Infinity) >= at) points.pop()
  const last = points.at(-1)
  if (last && at - last.x > gapMillis) points.push({ x: last.x + 1, y: Number.NaN })
  points.push({ x: at, y: value ?? Number.NaN })
}

/** What a series comes to within a stretch of time; null where nothing was measured. */
export interface Summary {
  last: number | null
  least: number | null
  average: number | null
  peak: number | null
}

/** @param edges Where the lowest and highest values are, if the points are averages. */
export function summarise(
  points: readonly Point[],
  { from, to }: Span,
  edges: { minimum: readonly Point[]; maximum: readonly Point[] } | null = null,
): Summary {
  let [count, sum, least, peak] = [0, 0, Infinity, -Infinity]
  let last: number | null = null
  points.forEach(({ x, y }, index) => {
    if (x < from || x > to) return
    last = Number.isNaN(y) ? null : y
    if (last === null) return
    count++
    sum += y
    least = Math.min(least, edges?.minimum[index]?.y ?? y)
    peak = Math.max(peak, edges?.maximum[index]?.y ?? y)
  })
  return count === 0
    ? { last: null, least: null, average: null, peak: null }
    : { last, least, average: sum / count, peak }
}

/** The value nearest to a moment, within `reach` milliseconds; null where none was measured. */
export function valueNear(points: readonly Point[], at: number, reach: number): number | null {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.x ?? Infinity) < at) low = middle + 1
    else high = middle
  }
  const near = [points[low - 1], points[low]]
    .filter((point) => point !== undefined)
    .filter(({ x, y }) => !Number.isNaN(y) && Math.abs(x - at) <= reach)
    .sort((a, b) => Math.abs(a.x - at) - Math.abs(b.x - at))
  return near[0]?.y ?? null
}
