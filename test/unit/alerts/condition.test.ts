import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Condition } from '../../../main/alerts/condition'
import { row, rule } from './rules'

/** How far the next tick is, and its figure: above the threshold, below it, or unknown. */
const ticks = fc.array(
  fc.record({
    stepMillis: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 990, max: 1_010 }) },
      { weight: 3, arbitrary: fc.integer({ min: 9_900, max: 10_100 }) },
      fc.constantFrom(0, 14_999, 15_001, 59_000, 61_000, 3_600_000, -60_000),
    ),
    cpuPercent: fc.oneof(
      { weight: 8, arbitrary: fc.constant(99) },
      { weight: 2, arbitrary: fc.constant(10) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
  }),
  { maxLength: 80 },
)
const durations = fc.constantFrom(0, 1, 5, 30, 60)

interface Step {
  at: number
  cpuPercent: number | null
  change: 'raised' | 'ended' | null
}

function run(forSeconds: number, all: { stepMillis: number; cpuPercent: number | null }[]): Step[] {
  const condition = new Condition(rule({ forSeconds }))
  let at = 1e12
  return all.map(({ stepMillis, cpuPercent }) => {
    at += stepMillis
    const change = condition.step(at, row({ cpuPercent }))?.kind ?? null
    return { at, cpuPercent, change }
  })
}

/** The time before a step in which every figure was such: what the rule may count, and no more. */
function measuredMillis(steps: Step[], until: number, suits: (cpu: number) => boolean): number {
  let millis = 0
  for (let index = until; index > 0; index--) {
    const [before, now] = [steps[index - 1], steps[index]]
    if (!before || !now) break
    if (before.cpuPercent !== null && !suits(before.cpuPercent)) break
    const stepMillis = now.at - before.at
    if (before.cpuPercent === null || now.cpuPercent === null) continue
    if (stepMillis > 0 && stepMillis <= 15_000) millis += stepMillis
  }
  return millis
}

test('nothing is raised unless the condition held for the duration, in measured time', () => {
  fc.assert(
    fc.property(durations, ticks, (forSeconds, all) => {
      const steps = run(forSeconds, all)
      for (const [index, { change, cpuPercent }] of steps.entries()) {
        if (change !== 'raised') continue
        expect(cpuPercent).toBe(99)
        const held = measuredMillis(steps, index, (cpu) => cpu > 80)
        expect(held).toBeGreaterThanOrEqual(forSeconds * 1_000)
      }
    }),
  )
})

test('without gaps, an alert is raised as soon as the condition has held for the duration', () => {
  const steady = fc.array(fc.constantFrom(99, 99, 99, 10), { maxLength: 80 })
  fc.assert(
    fc.property(durations, fc.constantFrom(1_000, 10_000), steady, (forSeconds, period, values) => {
      const steps = run(
        forSeconds,
        values.map((cpuPercent) => ({ stepMillis: period, cpuPercent })),
      )
      const first = steps.findIndex(
        ({ cpuPercent }, index) =>
          cpuPercent === 99 &&
          measuredMillis(steps, index, (cpu) => cpu > 80) >= forSeconds * 1_000,
      )
      expect(steps.findIndex(({ change }) => change === 'raised')).toBe(first)
    }),
  )
})

test('raised and ended take turns', () => {
  fc.assert(
    fc.property(durations, ticks, (forSeconds, all) => {
      const changes = run(forSeconds, all).flatMap(({ change }) => change ?? [])
      for (const [index, change] of changes.entries()) {
        expect(change).toBe(index % 2 === 0 ? 'raised' : 'ended')
      }
    }),
  )
})

test('nothing ends by a figure before ten seconds of rest', () => {
  fc.assert(
    fc.property(durations, ticks, (forSeconds, all) => {
      const condition = new Condition(rule({ forSeconds }))
      const steps = run(forSeconds, all)
      for (const [index, { at, cpuPercent }] of steps.entries()) {
        const change = condition.step(at, row({ cpuPercent }))
        if (change?.kind !== 'ended' || change.value === null) continue
        expect(measuredMillis(steps, index, (cpu) => cpu <= 80)).toBeGreaterThanOrEqual(10_000)
      }
    }),
  )
})
