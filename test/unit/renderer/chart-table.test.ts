import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostRows, tableOf } from '../../../renderer/stats/table/rows'

const text = String
const noon = Date.UTC(2026, 10, 26, 12)
const second = 1_000

describe('a chart as a table', () => {
  it('has a row for each time with the mean of what was measured in it', () => {
    const points = [10, 20, 30, Number.NaN, Number.NaN, 5].map((y, index) => ({
      x: noon + index * 30 * second,
      y,
    }))
    const span = { from: noon, to: noon + 3_000 * second }
    const { stepMillis, rows } = tableOf([{ label: 'CPU', points, text }], span)
    expect(stepMillis).toBe(60 * second)
    expect(rows).toEqual([
      { at: noon, values: [15] },
      { at: noon + 60 * second, values: [30] },
      { at: noon + 120 * second, values: [5] },
    ])
  })

  it('says where one figure was not measured and the other was', () => {
    const figures = [
      { label: 'Used', points: [{ x: noon, y: 1 }], text },
      { label: 'Limit', points: [{ x: noon + second, y: 2 }], text },
    ]
    const { rows } = tableOf(figures, { from: noon, to: noon + 10 * second })
    expect(rows.map(({ values }) => values)).toEqual([
      [1, null],
      [null, 2],
    ])
  })

  it('is never longer than can be read, and leaves out what is not shown', () => {
    const lengths = fc.integer({ min: 1, max: 60 * 86_400 })
    const starts = fc.integer({ min: 0, max: 86_400_000 })
    fc.assert(
      fc.property(lengths, starts, (seconds, start) => {
        const from = noon + start
        const to = from + seconds * second
        const points = Array.from({ length: 500 }, (_, index) => ({
          x: from + ((to - from) * (index - 50)) / 400,
          y: index < 50 || index > 450 ? 1_000 : 1,
        }))
        const { rows } = tableOf([{ label: '', points, text }], { from, to })
        expect(rows.length).toBeGreaterThan(0)
        expect(rows.length).toBeLessThanOrEqual(mostRows)
        expect(rows.every(({ values }) => values[0] === 1)).toBe(true)
      }),
    )
  })
})
