import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowRing } from '../../../../main/stats/history/rowRing'

const CAPACITY = 5

/** What a ring should hold, made the plain way. */
function expectedRows(times: readonly number[]): [number, number][] {
  let rows: [number, number][] = []
  times.forEach((at, index) => {
    rows = [...rows.filter(([before]) => before < at), [at, index]]
  })
  return rows
}

const rowsOf = (ring: RowRing, count?: number) =>
  [...ring.newest(count)].map(({ atMillis, values }) => [atMillis, values[0]])

test('the newest rows are there in the order of their time, whatever the clock did', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 30 }), (times) => {
      const ring = new RowRing(CAPACITY, 2)
      let expected: [number, number][] = []
      times.forEach((at, index) => {
        ring.push(at, [index, -index])
        // A row that fell out does not come back when the clock is set back.
        expected = [...expected.filter(([before]) => before < at), [at, index] as [number, number]]
        expected = expected.slice(-CAPACITY)
      })
      expect(rowsOf(ring)).toEqual(expected)
      if (times.length <= CAPACITY) expect(rowsOf(ring)).toEqual(expectedRows(times))
    }),
  )
})

test('what was pushed since the last writing stays to be written', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { maxLength: 12 }), (batches) => {
      const ring = new RowRing(CAPACITY, 1)
      let at = 0
      for (const size of batches) {
        for (let row = 0; row < size; row++) ring.push(++at, [at])
        expect(ring.unwritten).toBe(size)
        expect(rowsOf(ring, ring.unwritten).map(([time]) => time)).toEqual(
          Array.from({ length: size }, (_, index) => at - size + 1 + index),
        )
        ring.written()
      }
    }),
  )
})

test('rows that came during a writing stay to be written after it', () => {
  const ring = new RowRing(CAPACITY, 1)
  ring.push(1, [1])
  ring.push(2, [2])
  ring.written()
  ring.push(3, [3])
  expect(rowsOf(ring, ring.unwritten)).toEqual([[3, 3]])
})

test('what the disk refused stays to be written, as far as it is still there', () => {
  const ring = new RowRing(CAPACITY, 1)
  for (let at = 1; at <= 4; at++) ring.push(at, [at])
  const count = ring.unwritten
  ring.written()
  ring.push(5, [5])
  ring.notWritten(count)
  expect(rowsOf(ring, ring.unwritten).map(([at]) => at)).toEqual([1, 2, 3, 4, 5])

  ring.written()
  for (let at = 6; at <= 8; at++) ring.push(at, [at])
  ring.notWritten(5)
  expect(rowsOf(ring, ring.unwritten).map(([at]) => at)).toEqual([4, 5, 6, 7, 8])
})

test('a clock that is set back during a writing costs no row that came after it', () => {
  const ring = new RowRing(CAPACITY, 1)
  ring.push(100, [100])
  ring.push(101, [101])
  ring.written()
  ring.push(50, [50])
  expect(rowsOf(ring, ring.unwritten)).toEqual([[50, 50]])
})
