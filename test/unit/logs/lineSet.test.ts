import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LineSet } from '../../../main/logs/lineSet'

it('a set of lines knows each by its place, and the place of each', () => {
  const anySet = fc.uniqueArray(fc.integer({ min: -3_000, max: 9_000 }), { maxLength: 200 })
  fc.assert(
    fc.property(anySet, fc.integer({ min: -4_000, max: 10_000 }), (members, other) => {
      const numbers = members.toSorted((a, b) => a - b)
      const set = new LineSet(-3_000)
      for (const number of numbers) set.add(number)
      expect(set.count).toBe(numbers.length)
      expect(numbers.map((_, place) => set.at(place))).toEqual(numbers)
      expect(numbers.map((number) => set.placeOf(number))).toEqual(numbers.map((_, place) => place))
      expect(set.placeOf(other)).toBe(numbers.filter((number) => number < other).length)
      expect([set.at(-1), set.at(numbers.length)]).toEqual([null, null])
      expect([set.placeOf(-Infinity), set.placeOf(Infinity)]).toEqual([0, numbers.length])
    }),
  )
})
