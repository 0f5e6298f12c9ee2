import { expect, test } from 'vitest'
import { metricIndex } from '../../../preload/contract/stats'
import { CgroupSource } from '../../../main/stats/cgroupSource'
import { ManualClock } from './manualClock'
import { unpackTree } from './tree'

/** A followed container with the memory figure of each tick, a second apart. */
function followMemory() {
  const tree = unpackTree('docker-v2-systemd')
  const clock = new ManualClock()
  const source = new CgroupSource({ roots: tree, clock, machineMemoryBytes: null })
  source.follow({ id: tree.id, pid: tree.pid, cpuLimitCores: null, memoryLimitBytes: null })
  tree.write('memory.stat', 'inactive_file 0\n')
  return {
    tree,
    source,
    memoryAtTick: (usageBytes: number, cpuMicros: number, millis = 1_000): number | undefined => {
      tree.write('memory.current', `${usageBytes}\n`)
      tree.write('cpu.stat', `usage_usec ${cpuMicros}\n`)
      clock.advance(millis)
      const sample = source.sample(tree.id)
      source.tickDone()
      return sample?.values[metricIndex.memoryBytes]
    },
  }
}

test('memory that a container without CPU time lost shows within ten ticks', () => {
  const { memoryAtTick } = followMemory()
  expect(memoryAtTick(5_000, 70)).toBe(5_000)
  const told = Array.from({ length: 10 }, () => memoryAtTick(4_000, 70))
  expect(told[0]).toBe(5_000)
  expect(told.at(-1)).toBe(4_000)
})

test('it shows at once at the rhythm of ten seconds', () => {
  const { memoryAtTick } = followMemory()
  memoryAtTick(5_000, 70, 10_000)
  const truth = [4_000, 3_000, 2_000]
  expect(truth.map((usage) => memoryAtTick(usage, 70, 10_000))).toEqual(truth)
})

test('memory is read at once where the container used any CPU', () => {
  const { memoryAtTick } = followMemory()
  memoryAtTick(5_000, 70)
  memoryAtTick(5_000, 70)
  expect(memoryAtTick(6_000, 71)).toBe(6_000)
})

test('nothing is carried over a jump of time', () => {
  const { memoryAtTick, source } = followMemory()
  memoryAtTick(5_000, 70)
  source.discontinuity()
  expect(memoryAtTick(4_000, 70)).toBe(4_000)
})
