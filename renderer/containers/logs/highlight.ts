import type { Segment } from './ansi'

export type MarkedSegment = Segment & { marked: boolean }

/**
 * Cuts the pieces of a line where a search term begins and ends, across the borders of their styles. Upper and
 * lower case are the same. An empty term marks nothing.
 */
export function markMatches(segments: readonly Segment[], term: string): MarkedSegment[] {
  const ranges = matchRanges(segments.map(({ text }) => text).join(''), term)
  let at = 0
  return segments.flatMap((segment) => {
    const pieces = cut(segment, at, ranges)
    at += segment.text.length
    return pieces
  })
}

function matchRanges(line: string, term: string): [number, number][] {
  const wanted = term.toLowerCase()
  if (wanted === '') return []
  const text = line.toLowerCase()
  const ranges: [number, number][] = []
  let from = text.indexOf(wanted)
  while (from >= 0) {
    ranges.push([from, from + wanted.length])
    from = text.indexOf(wanted, from + wanted.length)
  }
  return ranges
}

function cut(
  { text, style }: Segment,
  start: number,
  ranges: readonly [number, number][],
): MarkedSegment[] {
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
