import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metrics } from '../../../../preload/contract/stats'
import { rowOfSample } from '../../../../main/stats/history/bucket'
import type { Stretch } from '../../../../main/stats/history/containerHistory'
import type { Row } from '../../../../main/stats/history/rowRing'
import { statsHistory } from '../../../../main/stats/history/statsHistory'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** A row in which the CPU has one value and nothing else is known. */
function rowOf(atMillis: number, cpuPercent: number) {
  const sample = metrics.map((_, index) => (index === 0 ? cpuPercent : Number.NaN))
  return { atMillis, values: rowOfSample(sample) }
}

const stretchOf = (rows: Row[], bucketMillis = SECOND): Stretch => ({ bucketMillis, rows })
const everySecond = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => rowOf((from + index) * SECOND, index))

test('samples that fit are given as they were taken', () => {
  const asked = { spanMillis: 5 * SECOND, points: 900 }
  expect(statsHistory([stretchOf(everySecond(3))], asked)).toEqual({
    bucketMillis: SECOND,
    at: [0, 1_000, 2_000],
    metrics: { cpuPercent: { average: [0, 1, 2], minimum: [0, 1, 2], maximum: [0, 1, 2] } },
  })
})

test('more than fit become buckets that begin at round times and keep the extremes', () => {
  const asked = { spanMillis: 15 * MINUTE, points: 200 }
  const { bucketMillis, at, metrics: known } = statsHistory([stretchOf(everySecond(15))], asked)
  expect(bucketMillis).toBe(5 * SECOND)
  expect(at).toEqual([0, 5_000, 10_000])
  expect(known.cpuPercent).toEqual({
    average: [2, 7, 12],
    minimum: [0, 5, 10],
    maximum: [4, 9, 14],
  })
})

test('no line crosses a time that nobody measured', () => {
  const rows = [...everySecond(2), ...everySecond(2, 60)]
  const asked = { spanMillis: MINUTE, points: 900 }
  const { at, metrics: known } = statsHistory([stretchOf(rows)], asked)
  expect(at).toEqual([0, 1_000, 1_001, 60_000, 61_000])
  expect(known.cpuPercent?.average).toEqual([0, 1, null, 0, 1])
})

test('the coarse rhythm of a page that is hidden is no gap', () => {
  const rows = [0, 10, 20, 30].map((second) => rowOf(second * SECOND, 5))
  const asked = { spanMillis: MINUTE, points: 900 }
  expect(statsHistory([stretchOf(rows)], asked).metrics.cpuPercent?.average).toEqual([5, 5, 5, 5])
})

test('stretches of different widths become buckets of the widest, and share the one where they meet', () => {
  const coarse = stretchOf([rowOf(0, 10), rowOf(10 * SECOND, 20)], 10 * SECOND)
  const fine = stretchOf(everySecond(15, 15))
  const {
    bucketMillis,
    at,
    metrics: known,
  } = statsHistory([coarse, fine], {
    spanMillis: 30 * SECOND,
    points: 900,
  })
  expect(bucketMillis).toBe(10 * SECOND)
  expect(at).toEqual([0, 10_000, 20_000])
  expect(known.cpuPercent?.minimum).toEqual([10, 0, 5])
  expect(known.cpuPercent?.maximum).toEqual([10, 20, 14])
})

test('times increase, there are at most as many points as asked for, and averages lie between the extremes', () => {
  const step = fc.integer({ min: 1, max: 200 }).map((seconds) => seconds * SECOND)
  const value = fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 1e9, noNaN: true }))
  const rows = fc.array(fc.tuple(step, value), { maxLength: 200 })
  fc.assert(
    fc.property(rows, fc.integer({ min: 10, max: 100 }), (steps, points) => {
      let at = 0
      const given = steps.map(([after, one]) => rowOf((at += after), one))
      const history = statsHistory([stretchOf(given)], { spanMillis: at, points })
      history.at
        .slice(1)
        .forEach((time, index) => expect(time).toBeGreaterThan(history.at[index] ?? 0))
      const { average = [], minimum = [], maximum = [] } = history.metrics.cpuPercent ?? {}
      expect(history.at.length).toBeLessThanOrEqual(points)
      average.forEach((one, index) => {
        if (one === null) return
        // Averages of single precision: off by less than a thousandth, or by a part of themselves.
        expect(one).toBeGreaterThanOrEqual((minimum[index] ?? 0) * (1 - 1e-5) - 1e-3)
        expect(one).toBeLessThanOrEqual((maximum[index] ?? 0) * (1 + 1e-5) + 1e-3)
      })
    }),
  )
})
