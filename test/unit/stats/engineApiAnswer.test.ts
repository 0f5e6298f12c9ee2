import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cpuPercentBetween,
  parseAnswer,
  type ApiCounters,
} from '../../../main/stats/engineApiAnswer'
import docker from './answers/docker.json'
import podman from './answers/podman.json'

function countersOf(raw: unknown): ApiCounters {
  const counters = parseAnswer(raw)
  if (!counters) throw new Error('The answer holds no figures.')
  return counters
}

describe("Docker's answer", () => {
  const [before, after] = docker.running.map(countersOf) as [ApiCounters, ApiCounters]

  test('gives memory without the inactive page cache', () => {
    expect(before.memoryBytes).toBe(9_199_616 - 8_388_608)
  })

  test('gives CPU use by the system counter, as the docker command shows it', () => {
    const used = 816_415_866 - 614_330_539
    const expected = (used / (3_739_130_000_000 - 3_737_140_000_000)) * 2 * 100
    expect(cpuPercentBetween(before, after, 'system-delta')).toBeCloseTo(expected, 9)
  })

  test('gives CPU use by the wall clock, to the nanosecond', () => {
    const elapsedNanos = 1_379_910_791 - 377_079_527
    const expected = ((816_415_866 - 614_330_539) / elapsedNanos) * 100
    expect(cpuPercentBetween(before, after, 'wall-clock')).toBeCloseTo(expected, 4)
  })

  test('counts the cores itself where the engine is too old to say', () => {
    const [raw] = docker.running
    const cpuStats = { ...raw?.cpu_stats, online_cpus: 0 }
    expect(countersOf({ ...raw, cpu_stats: cpuStats }).cpuCount).toBe(2)
  })

  test('on cgroup v2 has its page cache under another name', () => {
    const [raw] = docker.running
    const memoryStats = { usage: 1_000, stats: { inactive_file: 400 } }
    expect(countersOf({ ...raw, memory_stats: memoryStats }).memoryBytes).toBe(600)
  })
})

describe("Podman's answer", () => {
  const [before, after] = podman.running.map(countersOf) as [ApiCounters, ApiCounters]

  test('gives CPU use by the wall clock', () => {
    const elapsedNanos = 1_105_638_296 - 76_677_888
    const expected = ((880_265_829 - 628_057_467) / elapsedNanos) * 100
    expect(cpuPercentBetween(before, after, 'wall-clock')).toBeCloseTo(expected, 4)
  })

  test('gives memory with the page cache, which it does not tell apart', () => {
    expect(before.memoryBytes).toBe(8_970_240)
  })
})

test.each([
  ['of a stopped container of Docker', docker.stopped],
  ['of a stopped container of Podman', podman.stopped],
  ['with only a name (Docker from 29 on)', { id: 'a', name: '/a', cpu_stats: {} }],
  ['that is no object', null],
])('an answer %s holds no figures', (_, raw) => {
  expect(parseAnswer(raw)).toBeNull()
})

const counters = fc.record({
  readAtMillis: fc.double({ min: 1, max: 1e13, noNaN: true }),
  usageNanos: fc.nat(),
  systemNanos: fc.option(fc.nat()),
  cpuCount: fc.integer({ min: 0, max: 256 }),
  memoryBytes: fc.constant(null),
})

test.each(['system-delta', 'wall-clock'] as const)(
  'CPU use by %s is never negative or infinite, whatever the counters did',
  (formula) => {
    fc.assert(
      fc.property(counters, counters, (before, after) => {
        const percent = cpuPercentBetween(before, after, formula) ?? 0
        expect(percent).toBeGreaterThanOrEqual(0)
        expect(percent).toBeLessThan(Infinity)
      }),
    )
  },
)
