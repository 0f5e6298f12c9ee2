import { closeSync, openSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CgroupSource } from '../../../main/stats/cgroupSource'
import { figuresOf } from './figures'
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

describe.each([
  { tree: 'docker-v1-hybrid', usageFile: 'cpuacct.usage', memoryBytes: 9_195_520 - 8 * MIB },
  { tree: 'podman-v1-hybrid', usageFile: 'cpuacct.usage', memoryBytes: 8_970_240 - 8 * MIB },
  { tree: 'docker-v1-systemd', usageFile: 'cpuacct.usage', unlimited: true },
  { tree: 'docker-v2-systemd', usageFile: 'cpu.stat' },
  { tree: 'docker-v2-cgroupfs', usageFile: 'cpu.stat', unlimited: true },
  { tree: 'docker-v2-systemd-inside', usageFile: 'scope/cpu.stat' },
  { tree: 'podman-v2-rootless', usageFile: 'scope/cpu.stat' },
  { tree: 'podman-v2-rootless-no-cpu', usageFile: 'cpu.stat', noQuota: true },
  { tree: 'nested-v1', usageFile: 'cpuacct.usage' },
])('$tree', ({ tree: name, usageFile, memoryBytes = 21_635_072 - 6 * MIB, unlimited, noQuota }) => {
  test("tells the container's usage and limits", () => {
    const tree = unpackTree(name)
    const container = follow(tree)
    const seconds = (count: number) =>
      usageFile.endsWith('cpu.stat')
        ? `usage_usec ${count * 1_000_000}\nuser_usec 1\nsystem_usec 1\n`
        : `${count * 1_000_000_000}\n`

    tree.write(usageFile, seconds(7))
    expect(container.sample()).toMatchObject({
      cpuPercent: null,
      memoryBytes,
      cpuLimitPercent: unlimited || noQuota ? null : 50,
      memoryLimitBytes: unlimited ? null : 64 * MIB,
    })
    tree.write(usageFile, seconds(7.5))
    expect(container.sample()?.cpuPercent).toBeCloseTo(50)
    container.source.close()
  })
})

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

test('a changed limit shows within ten ticks, or at once where it was announced', () => {
  const tree = unpackTree('docker-v2-systemd')
  const { source, target, sample } = follow(tree)
  expect(sample()?.cpuLimitPercent).toBe(50)
  tree.write('cpu.max', '150000 100000\n')
  const seen = Array.from({ length: 10 }, () => sample()?.cpuLimitPercent)
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
