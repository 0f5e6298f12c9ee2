import { closeSync, openSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CgroupSource } from '../../../main/stats/cgroupSource'
import { figuresOf, type Figures } from './figures'
import { ManualClock } from './manualClock'
import { unpackTree, type Tree } from './tree'

const MIB = 1024 * 1024

function follow(tree: Tree, machineMemoryBytes: number | null = 16_384 * MIB) {
  const clock = new ManualClock()
  const source = new CgroupSource({ roots: tree, clock, machineMemoryBytes })
  const target = { id: tree.id, pid: tree.pid, cpuLimitCores: null, memoryLimitBytes: null }
  return {
    clock,
    source,
    target,
    followed: source.follow(target),
    /** One tick of a second. */
    sample: () => {
      clock.advance(1_000)
      const sample = source.sample(tree.id)
      source.tickDone()
      return sample && figuresOf(sample.values)
    },
  }
}

/** What the written trees hold; the recorded ones have figures of their own. */
const written = {
  usage: 21_635_072,
  inactiveFile: 6 * MIB,
  cache: 8_454_144,
  anonymous: 12_582_912,
  processes: 3,
}
const recorded = { cache: 12 * MIB, inactiveFile: 8 * MIB, anonymous: 110_592, processes: 2 }

type Layout = Partial<typeof written> & {
  tree: string
  unlimited?: true
  /** Without the cpu controller there is no quota. */
  noQuota?: true
}

const layouts: Layout[] = [
  { tree: 'docker-v1-hybrid', ...recorded, usage: 13_643_776 },
  { tree: 'podman-v1-hybrid', ...recorded, usage: 13_606_912 },
  { tree: 'docker-v1-systemd', unlimited: true },
  { tree: 'docker-hybrid-io-v2' },
  { tree: 'docker-v2-systemd' },
  { tree: 'docker-v2-cgroupfs', unlimited: true },
  { tree: 'docker-v2-systemd-inside' },
  { tree: 'docker-v2-rootless' },
  { tree: 'docker-v2-kubernetes' },
  { tree: 'podman-v2-systemd' },
  { tree: 'podman-v2-cgroupfs' },
  { tree: 'podman-v2-rootless' },
  { tree: 'podman-v2-rootless-no-cpu', noQuota: true },
  { tree: 'nested-v1' },
  { tree: 'nested-v2' },
]

describe.each(layouts)('$tree', ({ tree: name, unlimited, noQuota, ...own }) => {
  const truth = { ...written, ...own }
  const limited = !unlimited && !noQuota

  test("tells what the container's files hold", () => {
    const figures = follow(unpackTree(name)).sample()
    expect(figures).toMatchObject({
      cpuPercent: null,
      memoryBytes: truth.usage - truth.inactiveFile,
      memoryCacheBytes: truth.cache,
      memoryAnonymousBytes: truth.anonymous,
      receivedBytesPerSecond: null,
      processes: truth.processes,
      cpuLimitPercent: limited ? 50 : null,
      memoryLimitBytes: unlimited ? null : 64 * MIB,
      processesLimit: unlimited ? null : 100,
    })
  })

  test('tells rates by what its counters do in a second', () => {
    const tree = unpackTree(name)
    const { sample } = follow(tree)
    sample()
    const isV1 = tree.has('cpuacct.usage')
    if (isV1) tree.add('cpuacct.usage', 0, 5e8)
    else tree.add('cpu.stat', 'usage_usec', 5e5)
    if (limited) {
      tree.add('cpu.stat', 'nr_periods', 10)
      tree.add('cpu.stat', 'nr_throttled', 4)
      tree.add('cpu.stat', isV1 ? 'throttled_time' : 'throttled_usec', isV1 ? 25e7 : 25e4)
    }
    tree.add('net/dev', 'lo:', 99_000)
    tree.add('net/dev', 'eth0:', 1_000)
    const blockIo = blockIoOf(tree)
    if (blockIo) {
      tree.add(blockIo.file, blockIo.read, 2_048)
      tree.add(blockIo.file, blockIo.written, 4_096)
    }
    const pressure = tree.has('cpu.pressure')
    // The full line is behind the some line: the one of the CPU is not there before Linux 5.13.
    const fullCpu = pressure && name !== 'podman-v2-rootless-no-cpu'
    if (pressure) {
      tree.add('cpu.pressure', 'total=', 100_000)
      tree.add('memory.pressure', 'total=', 200_000)
      tree.add('io.pressure', 'total=', 300_000)
      if (fullCpu) tree.add('cpu.pressure', fullTotalOf(tree.read('cpu.pressure')), 50_000)
    }
    const figures = sample()
    expectFigures(figures, {
      cpuPercent: 50,
      memoryBytes: truth.usage - truth.inactiveFile,
      throttledPeriodsPercent: limited ? 40 : null,
      throttledTimePercent: limited ? 25 : null,
      receivedBytesPerSecond: 1_000,
      sentBytesPerSecond: 0,
      readBytesPerSecond: blockIo ? 2_048 : null,
      writtenBytesPerSecond: blockIo ? 4_096 : null,
      cpuSomePressurePercent: pressure ? 10 : null,
      cpuFullPressurePercent: fullCpu ? 5 : null,
      memorySomePressurePercent: pressure ? 20 : null,
      memoryFullPressurePercent: pressure ? 0 : null,
      ioSomePressurePercent: pressure ? 30 : null,
      ioFullPressurePercent: pressure ? 0 : null,
    })
  })
})

/** The file that counts block devices' bytes, and what its numbers stand behind; null: none here. */
function blockIoOf(tree: Tree): { file: string; read: string; written: string } | null {
  if (tree.has('io.stat')) return { file: 'io.stat', read: 'rbytes=', written: 'wbytes=' }
  const names = ['io_service_bytes_recursive', 'io_service_bytes']
  const file = names.find((one) => tree.has(one))
  return file === undefined ? null : { file, read: ' Read', written: ' Write' }
}

/** The text before the total of the second line, as far as the file's beginning. */
function fullTotalOf(text: string): string {
  return text.slice(0, text.lastIndexOf('total=') + 'total='.length)
}

/** Rates to a thousandth: they are divisions. */
function expectFigures(figures: Figures | null, expected: Partial<Figures>): void {
  const rounded = Object.entries(figures ?? {}).map(([metric, value]) => [
    metric,
    value === null ? null : Math.round(value * 1_000) / 1_000,
  ])
  expect(Object.fromEntries(rounded)).toMatchObject(expected)
}

test('the rate is that of the measured interval when a tick is late', () => {
  const tree = unpackTree('docker-v1-hybrid')
  const { clock, sample } = follow(tree)
  tree.write('cpuacct.usage', '1000000000\n')
  sample()
  clock.advance(1_500)
  tree.write('cpuacct.usage', '2000000000\n')
  expect(sample()?.cpuPercent).toBeCloseTo(100 / 2.5)
})

test('a counter that went backwards leaves a gap, and the next interval counts again', () => {
  const tree = unpackTree('docker-v2-systemd')
  const { sample } = follow(tree)
  tree.write('cpu.stat', 'usage_usec 9000000\n')
  sample()
  tree.write('cpu.stat', 'usage_usec 100000\n')
  expect(sample()?.cpuPercent).toBeNull()
  tree.write('cpu.stat', 'usage_usec 200000\n')
  expect(sample()?.cpuPercent).toBeCloseTo(10)
})

test('no rate spans a discontinuity', () => {
  const { source, sample } = follow(unpackTree('docker-v2-systemd'))
  sample()
  source.discontinuity()
  expect(sample()?.cpuPercent).toBeNull()
  expect(sample()?.cpuPercent).toBe(0)
})

test('a changed limit shows within half a minute, or at once where it was announced', () => {
  const tree = unpackTree('docker-v2-systemd')
  const { source, target, sample } = follow(tree)
  expect(sample()?.cpuLimitPercent).toBe(50)
  tree.write('cpu.max', '150000 100000\n')
  const seen = Array.from({ length: 30 }, () => sample()?.cpuLimitPercent)
  expect(seen.at(-1)).toBe(150)
  tree.write('cpu.max', 'max 100000\n')
  source.limitsChanged(target)
  expect(sample()?.cpuLimitPercent).toBeNull()
})

test("a memory limit above the machine's memory is none", () => {
  expect(follow(unpackTree('docker-v2-systemd'), 64 * MIB).sample()?.memoryLimitBytes).toBeNull()
})

test('page cache that is counted larger than the usage is left in', () => {
  const tree = unpackTree('docker-v2-systemd')
  tree.write('memory.stat', 'inactive_file 99999999\n')
  expect(follow(tree).sample()?.memoryBytes).toBe(21_635_072)
})

describe('a container is left to the engine API', () => {
  test('beside our own, where a cgroup namespace hides it', () => {
    expect(follow(unpackTree('nested-v2-outside')).followed).toBe(false)
  })

  test('without a process id', () => {
    const { source, target } = follow(unpackTree('docker-v2-systemd'))
    expect(source.follow({ ...target, pid: null })).toBe(false)
  })

  test('whose process id nobody has here', () => {
    const { source, target } = follow(unpackTree('docker-v2-systemd'))
    expect(source.follow({ ...target, pid: 4712 })).toBe(false)
  })

  test("whose process id is another process's here", () => {
    const { source, target } = follow(unpackTree('docker-v2-systemd'))
    expect(source.follow({ ...target, id: 'f'.repeat(64) })).toBe(false)
  })

  test('while no file can be opened (EMFILE)', () => {
    const { source, target, clock } = follow(unpackTree('docker-v2-systemd'))
    source.unfollow(target.id)
    const opened: number[] = []
    let followed = null
    try {
      for (;;) opened.push(openSync('/dev/null', 'r'))
    } catch {
      // One is left for reading /proc/<pid>/cgroup, so that it fails between the kept files.
      closeSync(opened.pop() ?? 0)
      followed = source.follow(target)
    } finally {
      for (const descriptor of opened) closeSync(descriptor)
    }
    expect(followed).toBe(false)
    expect(source.follow(target)).toBe(true)
    clock.advance(1_000)
    expect(source.sample(target.id)).not.toBeNull()
  })
})

test('closing gives every file back', () => {
  const { source } = follow(unpackTree('docker-v1-hybrid'))
  const probe = () => {
    const descriptor = openSync('/dev/null', 'r')
    closeSync(descriptor)
    return descriptor
  }
  const whileFollowed = probe()
  source.close()
  expect(probe()).toBeLessThan(whileFollowed)
})
