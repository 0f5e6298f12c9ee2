import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import type { ContainerStats } from '../../preload/contract/stats'
import { cgroupV2 } from '../../main/stats/cgroupV2'
import type { FetchStats } from '../../main/stats/engineApiSource'
import { createStats, type ContainerToSample, type Stats } from '../../main/stats/service'
import { engineCli, waitFor } from '../bed'
import { engineRequest } from '../bed/api'

const MIB = 1024 * 1024
const bed = inject('bed')

describe.each(bed.engines)('the statistics of $kind', (engine) => {
  const cli = engineCli(engine)
  let container: ContainerToSample
  let cgroup: ReturnType<typeof watchCgroup>

  beforeAll(async () => {
    container = await run('stats-burn')
    cgroup = watchCgroup(container.pid ?? 0)
    await waitFor('the load', () => cgroup.memory().inactiveFileBytes >= 8 * MIB)
  })

  afterAll(async () => {
    cgroup.stop()
    await cli(['rm', '--force', 'stats-burn'])
  })

  test('read from its cgroup are what its own counters say', async () => {
    const stats = startStats({ isLocal: true })
    const ticks = await collect(stats, 8)
    expect(stats.source).toBe('cgroup')
    let chartedMillis = 0
    let cpuMillis = 0
    for (const [index, { at, figures }] of ticks.entries()) {
      const before = ticks[index - 1]
      if (before === undefined) continue
      chartedMillis += millisAt(figures.cpuPercent, at - before.at)
      cpuMillis += cgroup.cpuMillisBetween(before.at, at)
    }
    expectClose(chartedMillis, cpuMillis)
    const { usageBytes, inactiveFileBytes } = cgroup.memory()
    expectClose(ticks.at(-1)?.figures.memoryBytes, usageBytes - inactiveFileBytes)
    expect(ticks.at(-1)?.figures).toMatchObject({
      cpuLimitPercent: 50,
      memoryLimitBytes: 64 * MIB,
    })
  })

  test.each(formulasOf(engine.kind))(
    "told by the engine are what the cgroup's counters say (%s)",
    async (cpuFormula) => {
      const readings: number[] = []
      const stats = startStats({
        isLocal: false,
        cpuFormula,
        async fetchStats(id) {
          const answer = await askEngine(id)
          readings.push(Date.parse((answer as { read: string }).read))
          return answer
        },
      })
      // The figure at a tick is that of the two newest answers before it.
      const charted = new Map<number, number | null>()
      await collect(stats, 8, ({ cpuPercent }) => charted.set(readings.length - 1, cpuPercent))
      expect(stats.source).toBe('engine-api')
      let chartedMillis = 0
      let cpuMillis = 0
      for (const [index, cpuPercent] of charted) {
        const [from, to] = [readings[index - 1], readings[index]]
        if (from === undefined || to === undefined || cpuPercent === null) continue
        chartedMillis += millisAt(cpuPercent, to - from)
        cpuMillis += cgroup.cpuMillisBetween(from, to)
      }
      expect(cpuMillis).toBeGreaterThan(200)
      expectClose(chartedMillis, cpuMillis)
      const { usageBytes, inactiveFileBytes } = cgroup.memory()
      const { memoryBytes, cpuLimitPercent, memoryLimitBytes } = stats.history(container.id, 1)
      // Podman's API does not tell the page cache apart.
      const told = engine.kind === 'podman' ? usageBytes : usageBytes - inactiveFileBytes
      expectClose(memoryBytes.at(-1), told)
      expect({ cpuLimitPercent, memoryLimitBytes }).toEqual({
        cpuLimitPercent: 50,
        memoryLimitBytes: 64 * MIB,
      })
    },
  )

  test('of a paused container are there, at rest', async () => {
    await cli(['pause', 'stats-burn'])
    onTestFinished(async () => {
      await cli(['unpause', 'stats-burn'])
    })
    const [, last] = await collect(startStats({ isLocal: true }), 2)
    expect(last?.figures.cpuPercent).toBe(0)
    expect(last?.figures.memoryBytes).toBeGreaterThan(20 * MIB)
  })

  test('have a gap while a container is stopped, and go on when it starts again', async () => {
    const other = await run('stats-restarted')
    onTestFinished(async () => {
      await cli(['rm', '--force', 'stats-restarted'])
    })
    const stats = startStats({ isLocal: true })
    stats.setContainers([other])
    const figures = () => stats.history(other.id, 900).cpuPercent
    await waitFor('a figure', () => figures().at(-1) !== null && figures().length > 1)
    // Its cgroup goes before anybody tells the statistics.
    await cli(['kill', 'stats-restarted'])
    await waitFor('a gap', () => figures().at(-1) === null)
    await cli(['start', 'stats-restarted'])
    stats.setContainers([await inspect('stats-restarted')])
    await waitFor('a figure', () => figures().at(-1) !== null)
    expect(figures().every((percent) => percent === null || (percent >= 0 && percent < 100))).toBe(
      true,
    )
  })

  /** Uses half a core, keeps 20 MiB and has 8 MiB of page cache that do not count. */
  async function run(name: string): Promise<ContainerToSample> {
    const load =
      'dd if=/dev/zero of=/dev/shm/kept bs=1M count=20; ' +
      'dd if=/dev/zero of=/cached bs=1M count=8; while :; do :; done'
    const limits = ['--cpus', '0.5', '--memory', '64m', '--network', 'none']
    await cli(['run', '-d', '--name', name, ...limits, bed.busybox, 'sh', '-c', load])
    return inspect(name)
  }

  async function inspect(name: string): Promise<ContainerToSample> {
    const [id = '', pid] = (
      await cli(['inspect', '--format', '{{.Id}} {{.State.Pid}}', name])
    ).split(' ')
    const limits = { cpuLimitCores: 0.5, memoryLimitBytes: 64 * MIB }
    return { id, pid: Number(pid), ...limits, running: true }
  }

  async function askEngine(id: string): Promise<unknown> {
    const path = `/containers/${id}/stats?stream=false&one-shot=true`
    return JSON.parse((await engineRequest(engine, 'GET', path)).body)
  }

  function startStats(options: {
    isLocal: boolean
    cpuFormula?: 'system-delta' | 'wall-clock'
    fetchStats?: FetchStats
  }): Stats {
    const stats = createStats({
      fetchStats: askEngine,
      cpuFormula: 'wall-clock',
      machineMemoryBytes: null,
      ...options,
    })
    onTestFinished(() => stats.close())
    stats.setContainers([container])
    return stats
  }

  /** Takes ticks until so many told a figure for CPU. */
  async function collect(
    stats: Stats,
    count: number,
    onFigures: (figures: ContainerStats) => void = () => undefined,
  ): Promise<{ at: number; figures: ContainerStats }[]> {
    const ticks: { at: number; figures: ContainerStats }[] = []
    let told = 0
    for await (const { at, containers } of stats.watch(AbortSignal.timeout(50_000))) {
      const [figures] = containers
      if (!figures) continue
      onFigures(figures)
      ticks.push({ at, figures })
      if (figures.cpuPercent !== null) told++
      if (told === count) break
    }
    expect(told).toBe(count)
    return ticks
  }
})

describe.skipIf(!existsSync('/sys/fs/cgroup/unified/cgroup.controllers'))(
  'a hybrid machine',
  () => {
    test('tells the same CPU time on its v2 side', async () => {
      const cli = engineCli(bed.docker)
      const pid = Number(await startIdle())
      const folder = join('/sys/fs/cgroup/unified', cgroupPath(pid, ''))
      const meter = cgroupV2.openCpu(folder)
      onTestFinished(() => meter.close())
      expectClose(meter.read(), readCpuNanos(pid))
      expect(cgroupV2.readCpuLimitCores(folder)).toBeNull()
      expect(cgroupV2.readMemoryLimitBytes(folder)).toBeNull()
      await cli(['rm', '--force', 'stats-unified'])
      await waitFor('the cgroup to go', () => !existsSync(folder))
      expect(() => meter.read()).toThrow('ENODEV')

      async function startIdle(): Promise<string> {
        await cli(['run', '-d', '--name', 'stats-unified', bed.busybox, 'sleep', '1000'])
        onTestFinished(async () => {
          await cli(['rm', '--force', 'stats-unified'])
        })
        return cli(['inspect', '--format', '{{.State.Pid}}', 'stats-unified'])
      }
    })
  },
)

function formulasOf(kind: 'docker' | 'podman'): ('system-delta' | 'wall-clock')[] {
  return kind === 'docker' ? ['system-delta', 'wall-clock'] : ['wall-clock']
}

function millisAt(percent: number | null, elapsedMillis: number): number {
  return ((percent ?? Number.NaN) / 100) * elapsedMillis
}

/** Within 2 %. */
function expectClose(actual: number | null | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) / expected - 1)).toBeLessThan(0.02)
}

/** Follows a container's own counters closely, without the code under test. */
function watchCgroup(pid: number) {
  const trace: { at: number; cpuMillis: number }[] = []
  const read = () =>
    trace.push({
      at: performance.timeOrigin + performance.now(),
      cpuMillis: readCpuNanos(pid) / 1e6,
    })
  const timer = setInterval(read, 4)
  const cpuMillisAt = (at: number): number => {
    const next = trace.findIndex((point) => point.at >= at)
    const [before, after] = [trace[next - 1], trace[next]]
    if (!before || !after) throw new Error('Nothing was recorded at that time.')
    const share = (at - before.at) / (after.at - before.at)
    return before.cpuMillis + share * (after.cpuMillis - before.cpuMillis)
  }
  return {
    cpuMillisBetween(from: number, to: number): number {
      read()
      return cpuMillisAt(to) - cpuMillisAt(from)
    },
    memory(): { usageBytes: number; inactiveFileBytes: number } {
      const v1 = join('/sys/fs/cgroup/memory', cgroupPath(pid, 'memory'))
      const v2 = join('/sys/fs/cgroup', cgroupPath(pid, ''))
      const isV1 = existsSync(join(v1, 'memory.usage_in_bytes'))
      const folder = isV1 ? v1 : v2
      const stat = readFileSync(join(folder, 'memory.stat'), 'utf8')
      const [, inactiveFile] =
        (isV1 ? /^total_inactive_file (\d+)/m : /^inactive_file (\d+)/m).exec(stat) ?? []
      const usage = isV1 ? 'memory.usage_in_bytes' : 'memory.current'
      return {
        usageBytes: Number(readFileSync(join(folder, usage), 'utf8')),
        inactiveFileBytes: Number(inactiveFile),
      }
    },
    stop: () => clearInterval(timer),
  }
}

function readCpuNanos(pid: number): number {
  const v1 = join('/sys/fs/cgroup/cpuacct', cgroupPath(pid, 'cpuacct'), 'cpuacct.usage')
  if (existsSync(v1)) return Number(readFileSync(v1, 'utf8'))
  const stat = readFileSync(join('/sys/fs/cgroup', cgroupPath(pid, ''), 'cpu.stat'), 'utf8')
  return Number(/^usage_usec (\d+)/m.exec(stat)?.[1]) * 1_000
}

/** A process's cgroup in the hierarchy of a v1 controller, or '' for v2. */
function cgroupPath(pid: number, controller: string): string {
  const lines = readFileSync(`/proc/${String(pid)}/cgroup`, 'utf8').split('\n')
  const line = lines.find((each) => each.split(':')[1]?.split(',').includes(controller))
  return line?.split(':')[2] ?? ''
}
