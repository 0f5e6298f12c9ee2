import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeNumber, encodeNumber } from '../../../../main/stats/history/compactNumber'

const kept = (value: number) => decodeNumber(encodeNumber(value))

test('a number comes back within 2^-11 of itself, from 1/128 to 2^55', () => {
  fc.assert(
    fc.property(fc.double({ min: 2 ** -7, max: 2 ** 55, noNaN: true }), (value) => {
      expect(Math.abs(kept(value) / value - 1)).toBeLessThanOrEqual(2 ** -11)
    }),
  )
})

test('the larger of two numbers never comes back as the smaller', () => {
  const number = fc.double({ min: 0, max: 1e15, noNaN: true })
  fc.assert(
    fc.property(number, number, (one, other) => {
      expect(kept(Math.min(one, other))).toBeLessThanOrEqual(kept(Math.max(one, other)))
    }),
  )
})

test('whole numbers up to 1,024 and powers of two are exact', () => {
  for (let value = 0; value <= 1_024; value++) expect(kept(value)).toBe(value)
  for (let power = 0; power <= 50; power++) expect(kept(2 ** power)).toBe(2 ** power)
})

test('what is not known, or below 0, is not known', () => {
  expect(kept(Number.NaN)).toBeNaN()
  expect(kept(-1)).toBeNaN()
})

test('what is too small becomes 0, what is too large the largest', () => {
  expect(kept(1e-9)).toBe(0)
  expect(kept(Infinity)).toBe(kept(2 ** 60))
  expect(kept(2 ** 60)).toBeGreaterThan(2 ** 55)
})

test('every code is a number of its own', () => {
  const numbers = Array.from({ length: 0xffff }, (_, code) => decodeNumber(code))
  expect(new Set(numbers).size).toBe(0xffff)
  numbers.forEach((value, code) => expect(encodeNumber(value)).toBe(code))
})
