import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metrics } from '../../../../preload/contract/stats'
import { Bucket } from '../../../../main/stats/history/bucket'

const value = fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 1e12, noNaN: true }))
const sample = fc.array(value, { minLength: metrics.length, maxLength: metrics.length })

/** Numbers in a row are single precision. */
const EXACTNESS = 1e-6
/** Below it single precision has no numbers. */
const SMALLEST = 1e-37

test('a bucket has the average, the minimum and the maximum of what is known', () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 20 }), (samples) => {
      const bucket = new Bucket()
      for (const one of samples) bucket.add(one)
      const row = bucket.row()
      metrics.forEach((_, metric) => {
        const [average = 0, minimum = 0, maximum = 0] = row.subarray(metric * 3, metric * 3 + 3)
        const known = samples.map((one) => one[metric] ?? Number.NaN).filter((one) => one >= 0)
        if (known.length === 0) {
          expect([average, minimum, maximum]).toEqual([Number.NaN, Number.NaN, Number.NaN])
          return
        }
        const expected = known.reduce((sum, one) => sum + one, 0) / known.length
        expect(Math.abs(average - expected)).toBeLessThanOrEqual(EXACTNESS * expected + SMALLEST)
        expect(minimum).toBe(Math.fround(Math.min(...known)))
        expect(maximum).toBe(Math.fround(Math.max(...known)))
      })
    }),
  )
})

test('a bucket of buckets has the extremes of all their samples', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(sample, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
      (groups) => {
        const whole = new Bucket()
        const direct = new Bucket()
        for (const group of groups) {
          const part = new Bucket()
          for (const one of group) {
            part.add(one)
            direct.add(one)
          }
          whole.addRow(part.row())
        }
        metrics.forEach((_, metric) => {
          const [average = 0, ...extremes] = whole.row().subarray(metric * 3, metric * 3 + 3)
          expect(extremes).toEqual([...direct.row().subarray(metric * 3 + 1, metric * 3 + 3)])
          const [minimum = 0, maximum = 0] = extremes
          if (!Number.isNaN(average)) {
            expect(average).toBeGreaterThanOrEqual(minimum * (1 - EXACTNESS))
            expect(average).toBeLessThanOrEqual(maximum * (1 + EXACTNESS))
          }
        })
      },
    ),
  )
})

test('a bucket that was cleared is as new', () => {
  const bucket = new Bucket()
  bucket.add(metrics.map(() => 5))
  bucket.clear()
  expect(bucket.isEmpty).toBe(true)
  expect(bucket.row().every(Number.isNaN)).toBe(true)
})
