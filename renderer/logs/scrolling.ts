/**
 * Where a list of any length stands: the row at the upper edge, and how much of it is above. Nothing
 * depends on how high the rows before it are, so they need not be known, and rows that come or go above
 * move nothing.
 */
export interface Top {
  place: number
  /** Pixels of the row that are above the edge. */
  offset: number
}

/** Places from `from` to before `to`. */
export interface Span {
  from: number
  to: number
}

/** The height of a row that is neither wrapped nor unfolded, pixels. */
export const rowHeight = 18
/** Rows drawn beyond the edges, so that their heights are known when they come in. */
const beyond = 8
/** Browsers stop at about 33 million pixels; a bar has a few hundred anyway. */
const highestBar = 8_000_000
/** A distance to the end that nobody sees, pixels. */
const slack = 2

/** The rows to draw. @param top Null: the list stands at its end. @param rows So many fit, or more. */
export function drawnRows(top: Top | null, all: Span, rows: number): Span {
  const last = Math.max(all.from, all.to - rows - beyond)
  if (!top) return { from: last, to: all.to }
  const from = Math.min(Math.max(top.place - beyond, all.from), last)
  return { from, to: Math.min(all.to, Math.max(from, top.place) + rows + beyond) }
}

/** Moves by pixels. @param heightOf A row's height, as far as it is known. */
export function moved(top: Top, by: number, all: Span, heightOf: (place: number) => number): Top {
  let place = Math.min(Math.max(top.place, all.from), Math.max(all.from, all.to - 1))
  let offset = (place === top.place ? top.offset : 0) + by
  while (offset < 0 && place > all.from) offset += heightOf(--place)
  while (place < all.to - 1 && offset >= heightOf(place)) offset -= heightOf(place++)
  return { place, offset: Math.max(0, offset) }
}

export interface Settled {
  /** How far the drawn rows are pushed up, pixels. */
  shift: number
  top: Top
  atEnd: boolean
  /** Rows in view, parts of rows too. */
  visible: number
}

/** What is in view once the heights of the drawn rows are known. */
export function settle(
  wanted: Top | null,
  { all, drawn, heights, viewHeight }: DrawnList,
): Settled {
  const height = heights.reduce((sum, each) => sum + each, 0)
  const highest = Math.max(0, height - viewHeight)
  const shift = wanted ? shiftOf(wanted, drawn, heights) : highest
  const reachesEnd = drawn.to === all.to && shift > highest - slack
  const held = reachesEnd ? highest : shift
  return {
    shift: held,
    top: topAt(held, drawn, heights),
    atEnd: reachesEnd,
    visible: visibleRows(held, heights, viewHeight),
  }
}

export interface DrawnList {
  all: Span
  drawn: Span
  /** Of the drawn rows, in order. */
  heights: readonly number[]
  viewHeight: number
}

function shiftOf({ place, offset }: Top, drawn: Span, heights: readonly number[]): number {
  const index = Math.max(0, place - drawn.from)
  const before = heights.slice(0, index).reduce((sum, each) => sum + each, 0)
  // Its row may have become lower since: the edge stays within it.
  return before + Math.min(offset, Math.max(0, (heights[index] ?? rowHeight) - 1))
}

function topAt(shift: number, drawn: Span, heights: readonly number[]): Top {
  let offset = shift
  for (const [index, height] of heights.entries()) {
    if (offset < height) return { place: drawn.from + index, offset }
    offset -= height
  }
  return { place: Math.max(drawn.from, drawn.to - 1), offset: 0 }
}

function visibleRows(shift: number, heights: readonly number[], viewHeight: number): number {
  let from = -shift
  let rows = 0
  for (const height of heights) {
    const shown = Math.min(from + height, viewHeight) - Math.max(from, 0)
    if (shown > 0) rows += shown / height
    from += height
  }
  return rows
}

/** How high the bar's content is. */
export function barHeight({ from, to }: Span): number {
  return Math.min(highestBar, (to - from) * rowHeight)
}

/** How far down the list stands, from 0 to 1. */
export function shareAbove({ top, atEnd, visible }: Settled, all: Span): number {
  if (atEnd) return 1
  const rows = Math.max(1, all.to - all.from - visible)
  return Math.min(1, (top.place - all.from + top.offset / rowHeight) / rows)
}

/** Where the list stands when its bar is at this share. */
export function topOfShare(share: number, { visible }: Pick<Settled, 'visible'>, all: Span): Top {
  const row = share * Math.max(0, all.to - all.from - visible)
  return { place: all.from + Math.floor(row), offset: (row % 1) * rowHeight }
}
