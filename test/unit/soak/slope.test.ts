import { expect, test } from 'vitest'
import { slopeOf } from '../../soak/slope'

test('a line has its slope', () => {
  expect(slopeOf([5, 7, 9, 11])).toBe(2)
  expect(slopeOf([4, 4, 4])).toBe(0)
})

test('a value that is far off does not move it', () => {
  expect(slopeOf([0, 1, 2, 300, 4, 5, 6])).toBe(1)
})
