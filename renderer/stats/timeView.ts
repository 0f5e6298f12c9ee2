import type { StatsRange } from '../../preload/contract/settings'

/** A stretch of time; milliseconds since 1970. */
export interface Span {
  from: number
  to: number
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long each range is, milliseconds. */
export const rangeMillis: Readonly<Record<StatsRange, number>> = {
  '1m': minute,
  '5m': 5 * minute,
  '15m': 15 * minute,
  '1h': hour,
  '6h': 6 * hour,
  '24h': day,
  '7d': 7 * day,
  '30d': 30 * day,
}

/** So much is kept second by second: charts of this length move with every tick. */
export const followedMillis = rangeMillis['15m']
/** As far back as history goes. */
const keptMillis = rangeMillis['30d']
/** Closer than this there is nothing more to see. */
const shortestMillis = 10_000

/**
 * How long a live chart of this length stays as it is before it is read anew: until there is another
 * point to see, but no longer than a minute, so that what happened shows.
 */
export const reloadMillis = (millis: number) => Math.min(minute, Math.max(10_000, millis / 1_000))

export const lengthOf = ({ from, to }: Span) => to - from

/**
 * The nearest stretch that can be looked at: not shorter than ten seconds, not beyond now, not further
 * back than history goes. Its length stays where it can.
 */
export function withinHistory({ from, to }: Span, now: number): Span {
  const length = Math.min(keptMillis, Math.max(shortestMillis, to - from))
  const middle = (from + to) / 2
  const end = Math.max(now - keptMillis + length, Math.min(now, Math.round(middle + length / 2)))
  return { from: end - length, to: end }
}

/** Moves by a share of the length: -1 is one whole length back. */
export function panned({ from, to }: Span, share: number): Span {
  const by = (to - from) * share
  return { from: from + by, to: to + by }
}

/** As many times as long around the same middle: 0.5 shows half of it. */
export function scaled({ from, to }: Span, factor: number): Span {
  const middle = (from + to) / 2
  const half = ((to - from) / 2) * factor
  return { from: middle - half, to: middle + half }
}

/** Where in a stretch a moment is: 0 at its beginning, 1 at its end. */
export const shareAt = ({ from, to }: Span, at: number) => (at - from) / (to - from)

export const momentAt = ({ from, to }: Span, share: number) => from + (to - from) * share
