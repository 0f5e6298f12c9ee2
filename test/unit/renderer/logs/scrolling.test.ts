import { describe, expect, it } from 'vitest'
import {
  barHeight,
  drawnRows,
  moved,
  settle,
  shareAbove,
  topOfShare,
  type Span,
  type Top,
} from '../../../../renderer/logs/scrolling'

const all: Span = { from: -500, to: 1_000 }
const rows = 20
const viewHeight = 360

/** Draws at a place where every row is 18 pixels high, unless told otherwise. */
function settled(top: Top | null, span = all, heightOf: (place: number) => number = () => 18) {
  const drawn = drawnRows(top, span, rows)
  const heights = Array.from({ length: drawn.to - drawn.from }, (_, at) =>
    heightOf(drawn.from + at),
  )
  return settle(top, { all: span, drawn, heights, viewHeight })
}

describe('a list of any length', () => {
  it('draws the rows in view and a few beyond, wherever it stands', () => {
    expect(drawnRows({ place: 100, offset: 0 }, all, rows)).toEqual({ from: 92, to: 128 })
    expect(drawnRows({ place: -500, offset: 0 }, all, rows)).toEqual({ from: -500, to: -472 })
    expect(drawnRows({ place: 999, offset: 0 }, all, rows)).toEqual({ from: 972, to: 1_000 })
    expect(drawnRows(null, all, rows)).toEqual({ from: 972, to: 1_000 })
    expect(drawnRows(null, { from: 0, to: 3 }, rows)).toEqual({ from: 0, to: 3 })
  })

  it('moves by pixels over rows of any height, and stops at its ends', () => {
    const heightOf = (place: number) => (place % 2 === 0 ? 18 : 54)
    expect(moved({ place: 0, offset: 0 }, 20, all, heightOf)).toEqual({ place: 1, offset: 2 })
    expect(moved({ place: 1, offset: 2 }, -20, all, heightOf)).toEqual({ place: 0, offset: 0 })
    expect(moved({ place: 0, offset: 5 }, -10, all, heightOf)).toEqual({ place: -1, offset: 49 })
    expect(moved({ place: -499, offset: 0 }, -5_000, all, heightOf)).toEqual({
      place: -500,
      offset: 0,
    })
    expect(moved({ place: 990, offset: 0 }, 50_000, all, heightOf).place).toBe(999)
  })

  it('stands where it was told to, whatever the heights of the rows before', () => {
    const { top, shift, atEnd } = settled({ place: 100, offset: 10 }, all, () => 40)
    expect(top).toEqual({ place: 100, offset: 10 })
    expect(shift).toBe(8 * 40 + 10)
    expect(atEnd).toBe(false)
  })

  it('keeps its last row at the lower edge when it is told to go beyond', () => {
    const { top, atEnd } = settled({ place: 999, offset: 0 })
    expect(atEnd).toBe(true)
    expect(top).toEqual({ place: 980, offset: 0 })
    expect(settled(null)).toMatchObject({ atEnd: true, top: { place: 980, offset: 0 } })
  })

  it('begins at the upper edge when all fits', () => {
    expect(settled(null, { from: 0, to: 5 })).toMatchObject({ shift: 0, atEnd: true })
  })

  it('keeps the row at the edge when that becomes lower than what was above the edge', () => {
    expect(settled({ place: 100, offset: 50 }).top).toEqual({ place: 100, offset: 17 })
  })

  it('stays at its row when earlier ones come in, and at the first when that was let go', () => {
    const top = { place: 3, offset: 7 }
    expect(settled(top, { from: -90_000, to: 1_000 }).top).toEqual(top)
    expect(moved(top, 0, { from: 50, to: 1_000 }, () => 18)).toEqual({ place: 50, offset: 0 })
    expect(settled(top, { from: 50, to: 1_000 }).top).toMatchObject({ place: 50 })
  })
})

describe('the bar of a list', () => {
  it('stays below what browsers can draw, for any number of rows', () => {
    expect(barHeight({ from: 0, to: 100 })).toBe(1_800)
    expect(barHeight({ from: -1e9, to: 1e9 })).toBe(8_000_000)
  })

  it('is at both ends where the list is, and leads back to the same row', () => {
    const first = settled({ place: -500, offset: 0 })
    expect(shareAbove(first, all)).toBe(0)
    expect(shareAbove(settled(null), all)).toBe(1)
    for (const place of [-500, -77, 0, 512, 950]) {
      const now = settled({ place, offset: 9 })
      const back = topOfShare(shareAbove(now, all), now, all)
      expect(back.place).toBe(place)
      expect(back.offset).toBeCloseTo(9)
    }
  })

  it('reaches every row of two million', () => {
    const long = { from: 0, to: 2_000_000 }
    const now = settled({ place: 1_234_567, offset: 0 }, long)
    expect(topOfShare(shareAbove(now, long), now, long).place).toBeCloseTo(1_234_567, -1)
  })
})
