import type { Segment } from './ansi'

export type MarkedSegment = Segment & { marked: boolean }
/** Where something begins and ends in a text. */
export type Range = readonly [start: number, end: number]

/** Cuts the pieces of a line where marks begin and end, across the borders of their styles. */
export function markSegments(
  segments: readonly Segment[],
  ranges: readonly Range[],
): MarkedSegment[] {
  let at = 0
  return segments.flatMap((segment) => {
    const pieces = cut(segment, at, ranges)
    at += segment.text.length
    return pieces
  })
}

function cut({ text, style }: Segment, start: number, ranges: readonly Range[]): MarkedSegment[] {
  const end = start + text.length
  const edges = new Set([start, end])
  for (const edge of ranges.flat()) if (edge > start && edge < end) edges.add(edge)
  const sorted = [...edges].sort((a, b) => a - b)
  return sorted.slice(0, -1).map((from, index) => ({
    text: text.slice(from - start, (sorted[index + 1] ?? end) - start),
    style,
    marked: ranges.some(([first, last]) => from >= first && from < last),
  }))
}

/** The first so many characters of a line's pieces. */
export function cutSegments<Piece extends Segment>(
  segments: readonly Piece[],
  most: number,
): Piece[] {
  let left = most
  return segments.flatMap((segment) => {
    if (left <= 0) return []
    const text = segment.text.slice(0, left)
    left -= text.length
    return [{ ...segment, text }]
  })
}
