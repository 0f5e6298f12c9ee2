import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRing } from '../../../main/stats/ring'

const value = fc.option(fc.double({ noNaN: true }), { nil: null })
const row = fc.record({ atMillis: fc.integer({ min: 0, max: 50 }), cpu: value, memory: value })

test('a ring tells what a list that forgets would', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(row, { maxLength: 40 }),
      fc.integer({ min: 0, max: 60 }),
      (capacity, rows, spanMillis) => {
        const ring = createRing(capacity, ['cpu', 'memory'])
        let model: typeof rows = []
        for (const { atMillis, ...figures } of rows) {
          ring.push(atMillis, figures)
          model = model.filter((earlier) => earlier.atMillis < atMillis)
          model = [...model, { atMillis, ...figures }].slice(-capacity)
        }
        const newest = model.at(-1)?.atMillis ?? 0
        const expected = model.filter(({ atMillis }) => atMillis > newest - spanMillis)
        const read = ring.read(spanMillis)
        expect(read.atMillis).toEqual(expected.map(({ atMillis }) => atMillis))
        expect(read.column('cpu')).toEqual(expected.map(({ cpu }) => cpu))
        expect(read.column('memory')).toEqual(expected.map(({ memory }) => memory))
      },
    ),
  )
})
