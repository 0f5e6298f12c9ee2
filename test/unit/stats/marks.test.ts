import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metricIndex, metrics } from '../../../preload/contract/stats'
import { limitsOf, marksBetween, sameLimits, type Life } from '../../../main/stats/marks'

const NOW = 9_000

const running: Life = {
  state: 'running',
  health: 'none',
  startedAt: 1_000,
  finishedAt: null,
  exitCode: null,
  oomKilled: false,
}
const exited: Life = { ...running, state: 'exited', finishedAt: 2_000, exitCode: 3 }
const again: Life = { ...running, startedAt: 3_000, finishedAt: 2_000 }

test.each<[string, Life | null, Life, ReturnType<typeof marksBetween>]>([
  ['a container that is found running', null, running, [{ kind: 'start', at: 1_000 }]],
  [
    'one that is found stopped',
    null,
    exited,
    [
      { kind: 'stop', at: 2_000, exitCode: 3 },
      { kind: 'start', at: 1_000 },
    ],
  ],
  ['one that never ran', null, { ...running, state: 'created', startedAt: null }, []],
  ['nothing new', running, running, []],
  ['a stop', running, exited, [{ kind: 'stop', at: 2_000, exitCode: 3 }]],
  ['a start after it', exited, again, [{ kind: 'start', at: 3_000 }]],
  [
    'a restart between two looks',
    running,
    again,
    [
      { kind: 'stop', at: 2_000, exitCode: null },
      { kind: 'start', at: 3_000 },
    ],
  ],
  [
    'a stop for want of memory',
    running,
    { ...exited, oomKilled: true, exitCode: 137 },
    [
      { kind: 'oom', at: 2_000, kills: 1 },
      { kind: 'stop', at: 2_000, exitCode: 137 },
    ],
  ],
  [
    'a pause, which has no time stamp',
    running,
    { ...running, state: 'paused' },
    [{ kind: 'pause', at: NOW }],
  ],
  ['its end', { ...running, state: 'paused' }, running, [{ kind: 'unpause', at: NOW }]],
  [
    'a paused one that stops',
    { ...running, state: 'paused' },
    exited,
    [{ kind: 'stop', at: 2_000, exitCode: 3 }],
  ],
  [
    'a health check that fails',
    { ...running, health: 'healthy' },
    { ...running, health: 'unhealthy' },
    [{ kind: 'health', at: NOW, health: 'unhealthy' }],
  ],
  ['a health check that was taken away', { ...running, health: 'healthy' }, running, []],
  ['the health at the first look', null, { ...running, startedAt: null, health: 'healthy' }, []],
])('marks: %s', (_, before, after, marks) => {
  expect(marksBetween(before, after, NOW)).toEqual(marks)
})

const moment = fc.option(fc.nat(10), { nil: null })
const life: fc.Arbitrary<Life> = fc.record({
  state: fc.constantFrom('created', 'running', 'paused', 'exited'),
  health: fc.constantFrom('none', 'starting', 'healthy', 'unhealthy'),
  startedAt: moment,
  finishedAt: moment,
  exitCode: fc.option(fc.nat(255), { nil: null }),
  oomKilled: fc.boolean(),
})

test('the same state once more is no news', () => {
  fc.assert(
    fc.property(life, (same) => {
      expect(marksBetween(same, { ...same }, NOW)).toEqual([])
    }),
  )
})

test('starts and stops found after a reconnect are those that were told before it', () => {
  fc.assert(
    fc.property(life, life, (before, after) => {
      const told = [...marksBetween(null, before, 1), ...marksBetween(before, after, 2)]
      const foundAnew = marksBetween(null, after, 3)
      for (const { kind, at } of foundAnew.filter((mark) => mark.kind !== 'oom')) {
        expect(told.map((mark) => `${mark.kind} ${mark.at}`)).toContain(`${kind} ${at}`)
      }
    }),
  )
})

test('limits are told apart by what is in force, and none is a limit of its own', () => {
  const values = new Float64Array(metrics.length).fill(Number.NaN)
  const none = limitsOf(values)
  expect(none).toEqual({ cpuLimitPercent: null, memoryLimitBytes: null, processesLimit: null })
  values[metricIndex.processesLimit] = 100
  const some = limitsOf(values)
  expect(some).toEqual({ ...none, processesLimit: 100 })
  expect(sameLimits(none, some)).toBe(false)
  expect(sameLimits(some, limitsOf(values))).toBe(true)
})
