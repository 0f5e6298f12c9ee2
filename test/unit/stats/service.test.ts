import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Mark, StatsTick } from '../../../preload/contract/stats'
import { HistoryStore } from '../../../main/stats/history/historyStore'
import { createStats, type ContainerToSample } from '../../../main/stats/service'
import { runningContainer } from '../../sampled'
import { figuresOf } from './figures'
import { ManualClock } from './manualClock'
import { unpackTree, type Tree } from './tree'

const MIB = 1024 * 1024

/** The statistics of an engine with one container, of a tree, whose counter the test moves. */
function createTestStats({ isLocal = true } = {}) {
  const tree = unpackTree('docker-v1-hybrid')
  writeFileSync(join(tree.procRoot, 'stat'), machineTimes(0, 0))
  writeFileSync(join(tree.procRoot, 'meminfo'), 'MemTotal: 1024 kB\nMemAvailable:   256 kB\n')
  const clock = new ManualClock()
  const sources: string[] = []
  const seen: StatsTick[] = []
  const folder = mkdtempSync(join(tmpdir(), 'longshore-service-'))
  const history = new HistoryStore({ folder, clock })
  const stats = createStats({
    engineId: 'engine',
    history,
    fetchStats: () => Promise.reject(new Error('Nobody asks the engine.')),
    isLocal,
    cores: 4,
    machineMemoryBytes: 16e9,
    onSource: (source) => sources.push(source),
    onTick: (tick) => seen.push(tick),
    clock,
    procRoot: tree.procRoot,
    sysRoot: tree.sysRoot,
  })
  onTestFinished(async () => {
    stats.close()
    await history.close()
    rmSync(folder, { recursive: true })
  })
  const container: ContainerToSample = {
    ...runningContainer(tree),
    cpuLimitCores: 0.5,
    memoryLimitBytes: 64 * MIB,
    startedAt: clock.wallMillis(),
  }
  let usageNanos = 1e9
  return {
    stats,
    clock,
    tree,
    container,
    sources,
    /** Every tick, whether or not anyone watches. */
    seen,
    /** Seconds pass in which the container uses that much of a core. */
    run: (seconds: number, percent: number) => {
      for (let second = 0; second < seconds; second++) {
        usageNanos += percent * 1e7
        tree.write('cpuacct.usage', `${usageNanos}\n`)
        clock.advance(1_000)
      }
    },
    /** What is kept of the last 15 minutes. */
    kept: async () => {
      const to = clock.wallMillis()
      const { at, metrics } = await history.read({
        id: container.id,
        from: to - 900_000,
        to,
        points: 5_000,
      })
      return { at, metrics }
    },
    marks: async (): Promise<Mark[]> => {
      const marks = history.watchMarks(container.id, new AbortController().signal)
      return (await marks.next()).value ?? []
    },
  }
}

/** Takes what is there at once. */
async function take(ticks: AsyncGenerator<StatsTick>, count: number): Promise<StatsTick[]> {
  const taken: StatsTick[] = []
  for (let index = 0; index < count; index++) {
    const next = await ticks.next()
    if (next.done) break
    taken.push(next.value)
  }
  return taken
}

const cpuOf = (tick: StatsTick | undefined) =>
  tick?.containers.map(({ values }) => figuresOf(values).cpuPercent)

test('a chart opens with what was sampled before anyone looked', async () => {
  const { stats, run, container, kept } = createTestStats()
  stats.setContainers([container])
  run(4, 25)
  const { at, metrics } = await kept()
  expect(at.map((time) => time - (at[0] ?? 0))).toEqual([0, 1_000, 2_000, 3_000])
  expect(metrics.cpuPercent?.average).toEqual([null, 25, 25, 25])
  expect(metrics.cpuLimitPercent?.average).toEqual([50, 50, 50, 50])
  expect(metrics.memoryLimitBytes?.average.at(-1)).toBe(64 * MIB)
})

test('a container that stopped and started again keeps its history, with a gap between', async () => {
  const { stats, clock, run, container, kept, marks } = createTestStats()
  stats.setContainers([container])
  run(2, 25)
  clock.advance(500)
  const stopped = { state: 'exited', exitCode: 3, finishedAt: clock.wallMillis() } as const
  stats.setContainers([{ ...container, ...stopped, running: false, pid: null }])
  run(10, 0)
  expect((await kept()).metrics.cpuPercent?.average).toEqual([null, 25, null])
  const again = { ...container, finishedAt: stopped.finishedAt, startedAt: clock.wallMillis() }
  stats.setContainers([again])
  run(2, 25)
  const { metrics } = await kept()
  expect(metrics.cpuPercent?.average).toEqual([null, 25, null, null, 25])
  expect(metrics.memoryBytes?.average.map((bytes) => bytes === null)).toEqual([
    false,
    false,
    true,
    false,
    false,
  ])
  expect(await marks()).toEqual([
    { kind: 'start', at: container.startedAt },
    { kind: 'stop', at: stopped.finishedAt, exitCode: 3 },
    { kind: 'start', at: again.startedAt },
  ])
})

test('a removed container is sampled no more, and keeps its past', async () => {
  const { stats, clock, run, container, kept, seen, marks } = createTestStats()
  stats.setContainers([container])
  run(2, 25)
  clock.advance(500)
  stats.setContainers([])
  run(2, 25)
  expect(seen.at(-1)?.containers).toEqual([])
  expect((await kept()).metrics.cpuPercent?.average).toEqual([null, 25, null])
  expect((await marks()).at(-1)).toMatchObject({ kind: 'stop', exitCode: null })
})

test('without anyone who watches, ticks come every ten seconds; with one, every second', async () => {
  const { stats, clock, container, seen } = createTestStats()
  stats.setContainers([container])
  clock.advance(14_500)
  expect(seen).toHaveLength(14)
  clock.advance(60_000)
  expect(seen).toHaveLength(20)
  const controller = new AbortController()
  const ticks = stats.watch(controller.signal)
  await take(ticks, 1)
  clock.advance(10_000)
  expect(seen).toHaveLength(30)
  controller.abort()
  await take(ticks, 60)
  clock.advance(15_000)
  const before = seen.length
  clock.advance(60_000)
  expect(seen.length - before).toBe(6)
})

test('a figure is marked where the kernel killed, and where a limit changed', async () => {
  const { stats, clock, tree, run, container, marks } = createTestStats()
  tree.write('memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 0\n')
  stats.setContainers([container])
  run(3, 25)
  tree.write('memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n')
  run(1, 25)
  const killedAt = clock.wallMillis()
  tree.write('memory.limit_in_bytes', `${128 * MIB}\n`)
  stats.limitsChanged(container.id)
  run(1, 25)
  expect((await marks()).slice(1)).toEqual([
    { kind: 'oom', at: killedAt, kills: 2 },
    expect.objectContaining({
      kind: 'limits',
      at: clock.wallMillis(),
      memoryLimitBytes: 128 * MIB,
    }),
  ])
})

test('pauses and health are marked, a rename is not', async () => {
  const { stats, clock, run, container, marks } = createTestStats()
  stats.setContainers([container])
  run(1, 25)
  stats.setContainers([{ ...container, name: 'renamed' }])
  stats.setContainers([{ ...container, state: 'paused' }])
  const pausedAt = clock.wallMillis()
  run(1, 0)
  stats.setContainers([{ ...container, health: 'unhealthy' }])
  const at = clock.wallMillis()
  expect((await marks()).slice(1)).toEqual([
    { kind: 'pause', at: pausedAt },
    { kind: 'unpause', at },
    { kind: 'health', at, health: 'unhealthy' },
  ])
})

test('a mark from elsewhere joins them', async () => {
  const { stats, run, container, marks } = createTestStats()
  stats.setContainers([container])
  run(1, 25)
  stats.mark(container.id, { kind: 'alert', at: 1, rule: 'Busy' })
  stats.mark('f'.repeat(64), { kind: 'alert', at: 1, rule: 'Busy' })
  expect((await marks())[0]).toEqual({ kind: 'alert', at: 1, rule: 'Busy' })
})

test('every tick tells the machine, with a gap where time jumped', () => {
  const { stats, clock, tree, run, container, seen } = createTestStats()
  stats.setContainers([container])
  const shareAfter = (busy: number, idle: number) => {
    writeFileSync(join(tree.procRoot, 'stat'), machineTimes(busy, idle))
    run(1, 25)
    return seen.at(-1)?.machine.cpuPercent
  }
  expect(shareAfter(0, 0)).toBeNull()
  expect(shareAfter(30, 10)).toBe(75)
  clock.jump(60_000)
  expect(shareAfter(40, 50)).toBeNull()
  expect(shareAfter(41, 53)).toBe(25)
  const memory = { memoryTotalBytes: MIB, memoryUsedBytes: 0.75 * MIB }
  expect(seen.at(-1)?.machine).toEqual({ cores: 4, cpuPercent: 25, ...memory })
})

test('of a machine that is not this one, what the engine tells of it is told', () => {
  const { stats, run, container, seen } = createTestStats({ isLocal: false })
  stats.setContainers([container])
  run(2, 25)
  expect(seen.at(-1)?.machine).toEqual({
    cores: 4,
    cpuPercent: null,
    memoryTotalBytes: 16e9,
    memoryUsedBytes: null,
  })
})

test('who watches gets the last minute, then each tick', async () => {
  const { stats, run, container } = createTestStats()
  stats.setContainers([container])
  run(12, 25)
  const ticks = stats.watch(new AbortController().signal)
  const recent = await take(ticks, 12)
  const [last] = recent.at(-1)?.containers ?? []
  expect(last).toMatchObject({ id: container.id, source: 'cgroup' })
  expect(figuresOf(last?.values ?? [])).toMatchObject({
    cpuPercent: 25,
    cpuLimitPercent: 50,
    memoryBytes: 13_643_776 - 8 * MIB,
    memoryLimitBytes: 64 * MIB,
  })
  const next = ticks.next()
  run(1, 50)
  expect(cpuOf((await next).value ?? undefined)).toEqual([50])
  run(80, 50)
  const late = stats.watch(new AbortController().signal)
  expect(await take(late, 60)).toHaveLength(60)
})

test('who is slow gets the latest tick and none that is older', async () => {
  const { stats, run, container } = createTestStats()
  stats.setContainers([container])
  run(1, 25)
  const ticks = stats.watch(new AbortController().signal)
  await take(ticks, 1)
  run(20, 25)
  run(1, 75)
  const { value } = await ticks.next()
  expect(cpuOf(value ?? undefined)).toEqual([75])
})

test('watching ends when it is given up', async () => {
  const { stats, run, container } = createTestStats()
  stats.setContainers([container])
  run(1, 25)
  const controller = new AbortController()
  const ticks = stats.watch(controller.signal)
  await take(ticks, 1)
  const next = ticks.next()
  controller.abort()
  expect(await next).toEqual({ value: undefined, done: true })
})

test('watching ends when the statistics are closed, and nothing is sampled any more', async () => {
  const { stats, clock, run, container } = createTestStats()
  stats.setContainers([container])
  run(1, 25)
  const ticks = stats.watch(new AbortController().signal)
  await take(ticks, 1)
  const next = ticks.next()
  stats.close()
  expect(await next).toEqual({ value: undefined, done: true })
  stats.setContainers([container])
  expect(clock.scheduled).toBe(0)
})

test('the source is told once, when it is known', () => {
  const { stats, run, container, sources } = createTestStats()
  expect(stats.source).toBeNull()
  stats.setContainers([container])
  run(3, 25)
  expect(stats.source).toBe('cgroup')
  expect(sources).toEqual(['cgroup'])
})

test('five hundred containers that appear at once are all there within ten ticks, and only from gaps', () => {
  const { stats, clock, tree, container, sources, seen } = createTestStats()
  const containers = Array.from({ length: 500 }, (_, index) => ({
    ...container,
    id: index.toString(16).padStart(64, '0'),
    pid: 100_000 + index,
  }))
  for (const { id, pid } of containers) makeCgroup(tree, id, pid)
  stats.setContainers(containers)
  clock.advance(11_000)
  expect(cpuOf(seen.at(-1))).toEqual(containers.map(() => 0))
  expect(new Set(seen.flatMap((tick) => cpuOf(tick)))).toEqual(new Set([null, 0]))
  expect(sources).toEqual(['cgroup'])
})

function makeCgroup({ procRoot, sysRoot }: Tree, id: string, pid: number): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  write(join(procRoot, String(pid), 'cgroup'), `2:cpuacct:/docker/${id}\n4:memory:/docker/${id}\n`)
  write(join(sysRoot, 'fs/cgroup/cpuacct/docker', id, 'cpuacct.usage'), '1000000000\n')
  const memory = join(sysRoot, 'fs/cgroup/memory/docker', id)
  write(join(memory, 'memory.usage_in_bytes'), '4096\n')
  write(join(memory, 'memory.stat'), 'total_inactive_file 0\n')
}

const machineTimes = (busy: number, idle: number) => `cpu  ${busy} 0 0 ${idle} 0 0 0 0 0 0\n`
