import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { StatsTick } from '../../../preload/contract/stats'
import { createStats, type ContainerToSample } from '../../../main/stats/service'
import { ManualClock } from './manualClock'
import { unpackTree, type Tree } from './tree'

const MIB = 1024 * 1024

/** The statistics of an engine with one container, of a tree, whose counter the test moves. */
function createTestStats() {
  const tree = unpackTree('docker-v1-hybrid')
  const clock = new ManualClock()
  const sources: string[] = []
  const stats = createStats({
    fetchStats: () => Promise.reject(new Error('Nobody asks the engine.')),
    cpuFormula: 'wall-clock',
    isLocal: true,
    machineMemoryBytes: 16e9,
    onSource: (source) => sources.push(source),
    clock,
    procRoot: tree.procRoot,
    sysRoot: tree.sysRoot,
  })
  const container: ContainerToSample = {
    id: tree.id,
    pid: tree.pid,
    cpuLimitCores: 0.5,
    memoryLimitBytes: 64 * MIB,
    running: true,
  }
  let usageNanos = 1e9
  return {
    stats,
    clock,
    tree,
    container,
    sources,
    /** Seconds pass in which the container uses that much of a core. */
    run: (seconds: number, percent: number) => {
      for (let second = 0; second < seconds; second++) {
        usageNanos += percent * 1e7
        tree.write('cpuacct.usage', `${usageNanos}\n`)
        clock.advance(1_000)
      }
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

test('a chart opens with what was sampled before anyone looked', () => {
  const { stats, run, container } = createTestStats()
  stats.setContainers([container])
  run(4, 25)
  const history = stats.history(container.id, 900)
  expect(history.cpuPercent).toEqual([null, 25, 25, 25])
  expect(history.at.map((at) => at - (history.at[0] ?? 0))).toEqual([0, 1_000, 2_000, 3_000])
  expect(history).toMatchObject({ cpuLimitPercent: 50, memoryLimitBytes: 64 * MIB })
})

test('a history is as long as asked for, and 15 minutes at most', () => {
  const { stats, clock, container } = createTestStats()
  stats.setContainers([container])
  clock.advance(950_000)
  expect(stats.history(container.id, 60).at).toHaveLength(60)
  expect(stats.history(container.id, 900).at).toHaveLength(900)
})

test('a container that stopped and started again keeps its history, with a gap between', () => {
  const { stats, clock, run, container } = createTestStats()
  stats.setContainers([container])
  run(2, 25)
  clock.advance(500)
  stats.setContainers([{ ...container, running: false, pid: null }])
  run(10, 0)
  expect(stats.history(container.id, 900).cpuPercent).toEqual([null, 25, null])
  stats.setContainers([container])
  run(2, 25)
  const { memoryBytes, cpuPercent } = stats.history(container.id, 900)
  expect(cpuPercent).toEqual([null, 25, null, null, 25])
  expect(memoryBytes.map((bytes) => bytes === null)).toEqual([false, false, true, false, false])
})

test('a removed container is forgotten, and an unknown one has empty columns', () => {
  const { stats, run, container } = createTestStats()
  stats.setContainers([container])
  run(2, 25)
  stats.setContainers([])
  expect(stats.history(container.id, 900)).toEqual({
    at: [],
    cpuPercent: [],
    memoryBytes: [],
    cpuLimitPercent: null,
    memoryLimitBytes: null,
  })
})

test('who watches gets the last minute, then each tick', async () => {
  const { stats, clock, run, container } = createTestStats()
  stats.setContainers([container])
  clock.advance(90_000)
  run(2, 25)
  const ticks = stats.watch(new AbortController().signal)
  const minute = await take(ticks, 60)
  expect(minute.at(-1)?.containers).toEqual([
    {
      id: container.id,
      cpuPercent: 25,
      cpuLimitPercent: 50,
      memoryBytes: 9_195_520 - 8 * MIB,
      memoryLimitBytes: 64 * MIB,
    },
  ])
  const next = ticks.next()
  run(1, 50)
  expect((await next).value).toMatchObject({ containers: [{ cpuPercent: 50 }] })
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
  expect(value).toMatchObject({ containers: [{ cpuPercent: 75 }] })
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

test('five hundred containers that appear at once are all there in the first tick', () => {
  const { stats, clock, tree, container, sources } = createTestStats()
  const containers = Array.from({ length: 500 }, (_, index) => ({
    ...container,
    id: index.toString(16).padStart(64, '0'),
    pid: 100_000 + index,
  }))
  for (const { id, pid } of containers) makeCgroup(tree, id, pid)
  stats.setContainers(containers)
  clock.advance(2_000)
  for (const { id } of containers) expect(stats.history(id, 900).cpuPercent).toEqual([null, 0])
  expect(sources).toEqual(['cgroup'])
  stats.close()
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
