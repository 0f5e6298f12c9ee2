import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { StatsSourceName } from '../../preload/contract/stats'
import { dockerDialect } from '../../main/engines/dialect/docker'
import { podmanDialect } from '../../main/engines/dialect/podman'
import { HistoryStore } from '../../main/stats/history/historyStore'
import { createStats, type ContainerToSample } from '../../main/stats/service'
import { engineCli, waitFor } from '../bed'
import { engineRequest } from '../bed/api'
import { runningContainer } from '../sampled'
import { figuresOf, type Figures } from '../unit/stats/figures'
import { countsBlockBytes } from '../bed/blockCounters'
import { watchKernel } from '../bed/kernelTruth'

const MIB = 1024 * 1024
const INTERVALS = 8
const dialects = { docker: dockerDialect, podman: podmanDialect }
const bed = inject('bed')

/** Uses half a core, keeps 20 MiB and has 8 MiB of page cache that do not count. */
const BURN =
  'dd if=/dev/zero of=/dev/shm/kept bs=1M count=20; ' +
  'dd if=/dev/zero of=/cached bs=1M count=8; while :; do :; done'
const LIMITS = ['--cpus', '0.5', '--memory', '64m', '--pids-limit', '100']

/** Sends, writes and reads without rest, past the page cache: that of v1 hides whose writes they are. */
const MOVE = `
  while :; do
    dd if=/dev/zero of=/moved bs=64k count=1 oflag=direct conv=notrunc
    dd if=/moved of=/dev/null bs=64k count=1 iflag=direct
    dd if=/dev/zero bs=16k count=1
    usleep 5000
  done 2>/dev/null | nc "$PEER" 9000`

/** The figures that were told of a container for a stretch of time. */
interface Interval {
  from: number
  to: number
  figures: Figures
}

const kernelCountsBlockBytes = countsBlockBytes()

describe.each(bed.engines)('the statistics of $kind', (engine) => {
  const cli = engineCli(engine)
  const names = ['stats-burn', 'stats-move', 'stats-peer', 'stats-host']
  let version: string
  let burn: Watched
  let move: Watched
  let host: Watched
  const told = new Map<StatsSourceName, Map<string, Interval[]>>()

  beforeAll(async () => {
    const { body } = await engineRequest(engine, 'GET', '/version')
    version = (JSON.parse(body) as { Version: string }).Version
    const { kernel } = await start('stats-peer', [], 'sleep 1000 | nc -l -p 9000 >/dev/null')
    kernel.stop()
    const peer = await inspect(
      'stats-peer',
      '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}',
    )
    burn = await start('stats-burn', [...LIMITS, '--network', 'none'], BURN)
    move = await start('stats-move', ['--env', `PEER=${peer}`], MOVE)
    host = await start('stats-host', ['--network', 'host'], 'sleep 1000')
    await waitFor('the load', () => burn.kernel.gauges().inactiveFileBytes >= 8 * MIB)
    await waitFor('the traffic', () => move.kernel.gauges().processes > 1)
    const [fromCgroup, fromApi] = await Promise.all([collect('cgroup'), collect('engine-api')])
    told.set('cgroup', fromCgroup).set('engine-api', fromApi)
  })

  afterAll(async () => {
    for (const { kernel } of [burn, move, host]) kernel.stop()
    await cli(['rm', '--force', ...names])
  })

  describe.each(['cgroup', 'engine-api'] as const)('by the %s', (source) => {
    /** Podman's API tells less than the kernel. */
    const tellsAll = source === 'cgroup' || engine.kind === 'docker'

    test('CPU time is what the cgroup counted', () => {
      expectRate(burn, 'cpuPercent', 10, ({ cpuMillis }) => cpuMillis)
      expectRate(move, 'cpuPercent', 10, ({ cpuMillis }) => cpuMillis)
    })

    test('time and periods of waiting for the quota are what the cgroup counted', () => {
      const intervals = intervalsOf(burn)
      const shares = intervals.map(({ figures }) => figures.throttledPeriodsPercent)
      if (!tellsAll) {
        expect(shares).toEqual(intervals.map(() => null))
        return
      }
      expectRate(burn, 'throttledTimePercent', 10, ({ throttledMillis }) => throttledMillis)
      const { periods, throttledPeriods } = burn.kernel.growth(...spanOf(intervals))
      expect(periods).toBeGreaterThan(50)
      const charted = shares.reduce<number>((sum, share) => sum + (share ?? NaN), 0) / shares.length
      expect(Math.abs(charted - (throttledPeriods / periods) * 100)).toBeLessThan(2)
      expect(intervalsOf(move).map(({ figures }) => figures.throttledTimePercent)).not.toContain(0)
    })

    test("network bytes are what the container's own counters say", () => {
      expectRate(move, 'sentBytesPerSecond', 1, ({ sentBytes }) => sentBytes)
      expectRate(move, 'receivedBytesPerSecond', 1, ({ receivedBytes }) => receivedBytes)
    })

    // Some kernels count no block device bytes at all: then there is nothing to compare with.
    test.runIf(kernelCountsBlockBytes)('block device bytes are what the kernel counted', () => {
      expectRate(move, 'writtenBytesPerSecond', 1, ({ writtenBytes }) => writtenBytes)
      expectRate(move, 'readBytesPerSecond', 1, ({ readBytes }) => readBytes)
    })

    test("of a container in the host's network no traffic is told", () => {
      const { figures } = intervalsOf(host).at(-1) ?? {}
      expect(figures?.memoryBytes).toBeGreaterThan(0)
      expect(figures).toMatchObject({ receivedBytesPerSecond: null, sentBytesPerSecond: null })
    })

    test('memory, its parts, processes and limits are what the cgroup holds', () => {
      const { from, to, figures } = intervalsOf(burn).at(-1) ?? { from: NaN, to: NaN }
      const range = (gauge: Parameters<typeof burn.kernel.range>[0]) =>
        burn.kernel.range(gauge, from, to)
      expectWithin(figures?.memoryBytes, range(tellsAll ? 'workingSetBytes' : 'usageBytes'))
      if (tellsAll) {
        expectWithin(figures?.memoryCacheBytes, range('cacheBytes'))
        expectWithin(figures?.memoryAnonymousBytes, range('anonymousBytes'))
      }
      expectWithin(figures?.processes, range('processes'))
      expect(figures).toMatchObject({ cpuLimitPercent: 50, memoryLimitBytes: 64 * MIB })
      if (source === 'cgroup') expect(figures?.processesLimit).toBe(burn.kernel.processesLimit())
    })

    test.runIf(source === 'cgroup' && existsSync('/proc/pressure'))(
      'pressure is what the v2 hierarchy counted',
      () => {
        const pressureOf = ({ cpuSomePressureMillis }: Growth) => cpuSomePressureMillis
        expectRate(burn, 'cpuSomePressurePercent', 10, pressureOf)
      },
    )

    function intervalsOf({ container }: Watched): Interval[] {
      const intervals = told.get(source)?.get(container.id) ?? []
      expect(intervals.length).toBeGreaterThanOrEqual(INTERVALS)
      return intervals
    }

    /**
     * All that was charted against all that the kernel counted meanwhile.
     *
     * @param perSecond Units of the counter in a second at a figure of 1.
     */
    function expectRate(
      watched: Watched,
      metric: keyof Figures,
      perSecond: number,
      counterOf: (growth: Growth) => number,
    ): void {
      let charted = 0
      let counted = 0
      for (const { from, to, figures } of intervalsOf(watched)) {
        charted += ((figures[metric] ?? NaN) * perSecond * (to - from)) / 1_000
        counted += counterOf(watched.kernel.growth(from, to))
      }
      expect(counted).toBeGreaterThan(0)
      expectClose(charted, counted)
    }
  })

  async function start(name: string, options: string[], program: string): Promise<Watched> {
    await cli(['run', '-d', '--name', name, ...options, bed.busybox, 'sh', '-c', program])
    const [id = '', pid] = (await inspect(name, '{{.Id}} {{.State.Pid}}')).split(' ')
    const container = { ...runningContainer({ id, pid: Number(pid) }), name }
    const isLimited = options.includes('--cpus')
    return {
      container: isLimited
        ? { ...container, cpuLimitCores: 0.5, memoryLimitBytes: 64 * MIB }
        : container,
      kernel: watchKernel(Number(pid)),
    }
  }

  function inspect(name: string, format: string): Promise<string> {
    return cli(['inspect', '--format', format, name])
  }

  /** Follows the containers through one of the sources until enough was told of each. */
  async function collect(source: StatsSourceName): Promise<Map<string, Interval[]>> {
    const watched = [burn, move, host]
    const folder = mkdtempSync(join(tmpdir(), 'longshore-stats-'))
    const readings = new Map<string, number[]>(watched.map(({ container }) => [container.id, []]))
    const stats = createStats({
      engineId: engine.kind,
      history: new HistoryStore({ folder }),
      async fetchStats(id) {
        const path = `/containers/${id}/stats?stream=false&one-shot=true`
        const answer: unknown = JSON.parse((await engineRequest(engine, 'GET', path)).body)
        readings.get(id)?.push(Date.parse((answer as { read: string }).read))
        return dialects[engine.kind].statsAnswer(answer, version)
      },
      isLocal: source === 'cgroup',
      cores: 1,
      machineMemoryBytes: null,
    })
    try {
      stats.setContainers(watched.map(({ container }) => container))
      const intervals = new Map<string, Map<number, Interval>>()
      for await (const { at, containers } of stats.watch(AbortSignal.timeout(50_000))) {
        for (const { id, values } of containers) {
          const moments = readings.get(id) ?? []
          if (source === 'cgroup') moments.push(at)
          // The figure at a tick is that of the two newest readings before it.
          const [from, to] = moments.slice(-2)
          const figures = figuresOf(values)
          if (from === undefined || to === undefined || figures.cpuPercent === null) continue
          const ofContainer = intervals.get(id) ?? new Map<number, Interval>()
          intervals.set(id, ofContainer.set(to, { from, to, figures }))
        }
        const counts = [...intervals.values()].map(({ size }) => size)
        if (counts.length === watched.length && Math.min(...counts) >= INTERVALS) break
      }
      expect(stats.source).toBe(source)
      return new Map([...intervals].map(([id, all]) => [id, [...all.values()]]))
    } finally {
      stats.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
})

interface Watched {
  container: ContainerToSample
  kernel: ReturnType<typeof watchKernel>
}

type Growth = ReturnType<Watched['kernel']['growth']>

function spanOf(intervals: Interval[]): [number, number] {
  return [intervals[0]?.from ?? NaN, intervals.at(-1)?.to ?? NaN]
}

/** Within 2 %. */
function expectClose(actual: number | null | undefined, expected: number): void {
  expectWithin(actual, [expected, expected])
}

/** Between the two, and 2 % beyond. */
function expectWithin(
  actual: number | null | undefined,
  [lowest, highest]: [number, number],
): void {
  expect(actual).toBeGreaterThan(lowest * 0.98)
  expect(actual).toBeLessThan(highest * 1.02)
}
