import { expect, test } from 'vitest'
import { growthOf } from '../../soak/slope'

test('a line has its slope, and no other', () => {
  expect(growthOf([5, 7, 9, 11, 13])).toEqual({ middle: 2, least: 2 })
  expect(growthOf([4, 4, 4, 4, 4, 4])).toEqual({ middle: 0, least: 0 })
})

test('a value that is far off does not move it', () => {
  expect(growthOf([0, 1, 2, 300, 4, 5, 6]).middle).toBe(1)
})

test('what goes up and down may have grown by nothing', () => {
  const { middle, least } = growthOf([10, 14, 9, 13, 12, 15])
  expect(middle).toBeGreaterThan(0)
  expect(least).toBeLessThan(0)
})

test('the more values, the surer is a small growth', () => {
  const noisy = (count: number) => Array.from({ length: count }, (_, at) => at + 4 * (at % 2))
  expect(growthOf(noisy(6)).least).toBeLessThan(0)
  expect(growthOf(noisy(40)).least).toBeGreaterThan(0.9)
})

test('of few values nothing is sure', () => {
  expect(growthOf([1, 2, 3, 4]).least).toBe(-Infinity)
})
