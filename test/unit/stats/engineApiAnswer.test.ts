import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAnswer } from '../../../main/stats/engineApiAnswer'
import { Rates } from '../../../main/stats/reading'
import docker from './answers/docker.json'
import podman from './answers/podman.json'
import { figuresOf } from './figures'

/** What two answers say together, by the engine's own clock. */
function figuresBetween(before: unknown, after: unknown) {
  const rates = new Rates()
  for (const raw of [before, after]) {
    const answer = parseAnswer(raw)
    if (!answer) throw new Error('The answer holds no figures.')
    rates.take(answer.reading, answer.readAtMillis)
  }
  return figuresOf(rates.values)
}

describe("Docker's answer", () => {
  const [before, after] = docker.running

  test('gives CPU use by the times of the two readings, to the nanosecond', () => {
    const elapsedNanos = 1_379_910_791 - 377_079_527
    const expected = ((816_415_866 - 614_330_539) / elapsedNanos) * 100
    expect(figuresBetween(before, after).cpuPercent).toBeCloseTo(expected, 4)
  })

  test('gives memory without the inactive page cache, and its parts', () => {
    expect(figuresBetween(before, after)).toMatchObject({
      memoryBytes: 9_199_616 - 8_388_608,
      memoryCacheBytes: before?.memory_stats.stats.total_cache,
      memoryAnonymousBytes: before?.memory_stats.stats.total_rss,
      processes: 1,
    })
  })

  test('on cgroup v2 has memory under other names', () => {
    const stats = { inactive_file: 400, file: 500, anon: 300 }
    const raw = { ...after, memory_stats: { usage: 1_000, stats } }
    expect(figuresBetween(before, raw)).toMatchObject({
      memoryBytes: 600,
      memoryCacheBytes: 500,
      memoryAnonymousBytes: 300,
    })
  })

  test('gives network, block devices and the limit of processes', () => {
    const extended = (raw: object | undefined, factor: number) => ({
      ...raw,
      networks: {
        eth0: { rx_bytes: 1_000 * factor, tx_bytes: 10 * factor },
        eth1: { rx_bytes: 500 * factor, tx_bytes: 5 * factor },
      },
      blkio_stats: {
        io_service_bytes_recursive: [
          { major: 8, minor: 0, op: 'Read', value: 100 * factor },
          { major: 8, minor: 0, op: 'write', value: 50 * factor },
          { major: 8, minor: 0, op: 'Total', value: 150 * factor },
        ],
      },
      pids_stats: { current: 4, limit: 50 },
    })
    const figures = figuresBetween(extended(before, 1), extended(after, 2))
    const seconds = 1.002831264
    expect(figures.receivedBytesPerSecond).toBeCloseTo(1_500 / seconds, 3)
    expect(figures.sentBytesPerSecond).toBeCloseTo(15 / seconds, 3)
    expect(figures.readBytesPerSecond).toBeCloseTo(100 / seconds, 3)
    expect(figures.writtenBytesPerSecond).toBeCloseTo(50 / seconds, 3)
    expect(figures).toMatchObject({ processes: 4, processesLimit: 50 })
  })

  test('writes no limit of processes as the largest number', () => {
    const raw = { ...after, pids_stats: { current: 4, limit: 18446744073709551615 } }
    expect(figuresBetween(before, raw).processesLimit).toBeNull()
  })
})

describe("Podman's answer", () => {
  const [before, after] = podman.running

  test('gives CPU use by the times of the two readings', () => {
    const elapsedNanos = 1_105_638_296 - 76_677_888
    const expected = ((880_265_829 - 628_057_467) / elapsedNanos) * 100
    expect(figuresBetween(before, after).cpuPercent).toBeCloseTo(expected, 4)
  })

  test('gives memory with the page cache, which it does not tell apart', () => {
    expect(figuresBetween(before, after)).toMatchObject({
      memoryBytes: podman.running.at(-1)?.memory_stats.usage,
      memoryCacheBytes: null,
      memoryAnonymousBytes: null,
    })
  })

  test('tells nothing of throttling, though it writes 0', () => {
    expect(figuresBetween(before, after)).toMatchObject({
      throttledPeriodsPercent: null,
      throttledTimePercent: null,
    })
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

test('whatever an engine answers, it is figures or nothing', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom(...Object.keys(docker.running[0] ?? {})),
      (json, key) => {
        expect(() => parseAnswer(json)).not.toThrow()
        expect(() => parseAnswer({ ...docker.running[0], [key]: json })).not.toThrow()
      },
    ),
  )
})
