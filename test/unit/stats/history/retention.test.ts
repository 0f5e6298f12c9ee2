import fc from 'fast-check'
import { expect, test } from 'vitest'
import { surplusOf, type Retained } from '../../../../main/stats/history/retention'

const one = fc.record({ lastAt: fc.nat(100), bytes: fc.nat(50), isSampled: fc.boolean() })
const limits = fc.record({
  oldest: fc.integer({ min: -10, max: 50 }),
  maxBytes: fc.nat(500),
  maxContainers: fc.nat(20),
})
const bytesOf = (all: readonly Retained[]) => all.reduce((sum, { bytes }) => sum + bytes, 0)
/** The order of going: what is not sampled, then by age. */
const rank = ({ isSampled, lastAt }: Retained) => (isSampled ? 1_000 : 0) + lastAt

test('what stays is young enough and fits', () => {
  fc.assert(
    fc.property(fc.array(one, { maxLength: 30 }), limits, (all, limit) => {
      const surplus = new Set(surplusOf(all, limit))
      const stays = all.filter((each) => !surplus.has(each))
      expect(stays.every(({ lastAt }) => lastAt >= limit.oldest)).toBe(true)
      expect(bytesOf(stays)).toBeLessThanOrEqual(limit.maxBytes)
      expect(stays.length).toBeLessThanOrEqual(limit.maxContainers)
    }),
  )
})

test('what goes, but for its age, is older than all that stays, what is sampled last; and no more than it takes', () => {
  fc.assert(
    fc.property(fc.array(one, { maxLength: 30 }), limits, (all, limit) => {
      const surplus = surplusOf(all, limit)
      const gone = new Set(surplus)
      const stays = all.filter((each) => !gone.has(each))
      const forRoom = surplus.filter(({ lastAt }) => lastAt >= limit.oldest)
      const youngest = Math.max(...forRoom.map(rank))
      expect(stays.every((each) => rank(each) >= youngest)).toBe(true)
      const last = forRoom.at(-1)
      if (!last) return
      const withIt = [...stays, last]
      const behind = surplus.slice(surplus.indexOf(last) + 1)
      const before = [...withIt, ...behind]
      const tooMuch = bytesOf(before) > limit.maxBytes || before.length > limit.maxContainers
      expect(tooMuch).toBe(true)
    }),
  )
})

test('all that fits and is young stays', () => {
  const all = [{ lastAt: 5, bytes: 10, isSampled: false }]
  expect(surplusOf(all, { oldest: 5, maxBytes: 10, maxContainers: 1 })).toEqual([])
})
