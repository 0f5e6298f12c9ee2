import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRate } from '../../../main/streams/rate'

function clockedRate(windowMillis = 5_000) {
  let millis = 1_000_000
  const rate = createRate({ now: () => millis, windowMillis })
  return { rate, wait: (by: number) => (millis += by) }
}

describe('the transfer rate', () => {
  it('has no speed before two samples', () => {
    const { rate, wait } = clockedRate()
    expect(rate.bytesPerSecond()).toBeNull()
    rate.record(0)
    wait(1_000)
    expect(rate.bytesPerSecond()).toBeNull()
    expect(rate.etaSeconds(100)).toBeNull()
  })

  it('divides by the time that was measured, not by a nominal one', () => {
    const { rate, wait } = clockedRate()
    rate.record(0)
    wait(1_700)
    rate.record(3_400)
    expect(rate.bytesPerSecond()).toBe(2_000)
  })

  it('forgets what is older than its window', () => {
    const { rate, wait } = clockedRate(5_000)
    rate.record(0)
    wait(1_000)
    rate.record(1_000_000)
    for (let second = 1; second <= 10; second++) {
      wait(1_000)
      rate.record(1_000_000 + second * 10)
    }
    expect(rate.bytesPerSecond()).toBe(10)
  })

  it('slows down while nothing comes, and then has no speed', () => {
    const { rate, wait } = clockedRate(5_000)
    rate.record(0)
    wait(1_000)
    rate.record(1_000)
    wait(1_000)
    expect(rate.bytesPerSecond()).toBe(500)
    wait(10_000)
    expect(rate.bytesPerSecond()).toBeNull()
  })

  it('has no speed while the count stands still', () => {
    const { rate, wait } = clockedRate()
    rate.record(700)
    wait(1_000)
    rate.record(700)
    expect(rate.bytesPerSecond()).toBeNull()
  })

  it('starts anew when the count goes backwards, and is never negative', () => {
    const { rate, wait } = clockedRate()
    rate.record(1_000)
    wait(500)
    rate.record(10)
    expect(rate.bytesPerSecond()).toBeNull()
    wait(500)
    rate.record(60)
    expect(rate.bytesPerSecond()).toBe(100)
  })

  it('stays cheap however often it is told', () => {
    const { rate, wait } = clockedRate()
    const started = performance.now()
    for (let total = 0; total < 200_000; total++) rate.record(total)
    wait(1_000)
    expect(rate.bytesPerSecond()).toBe(199_999)
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  it('estimates the time left from the present speed', () => {
    const { rate, wait } = clockedRate()
    rate.record(0)
    wait(1_000)
    rate.record(100)
    expect(rate.etaSeconds(1_000)).toBe(10)
    expect(rate.etaSeconds(0)).toBe(0)
    expect(rate.etaSeconds(null)).toBeNull()
  })

  it('is right for a steady speed, however often it is told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2 }), (pauses) => {
        const { rate, wait } = clockedRate()
        let total = 0
        rate.record(total)
        for (const pause of pauses) {
          wait(pause)
          total += pause * 3
          rate.record(total)
        }
        expect(rate.bytesPerSecond()).toBeCloseTo(3_000, 6)
      }),
    )
  })
})
