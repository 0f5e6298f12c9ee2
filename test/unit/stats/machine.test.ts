import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { Machine } from '../../../main/stats/machine'

const GIB = 1024 ** 3
const MEMORY = 'MemTotal:       16777216 kB\nMemFree:   1 kB\nMemAvailable:   12582912 kB\n'

/** A machine whose /proc the test writes. */
function createMachine(meminfo = MEMORY) {
  const procRoot = mkdtempSync(join(tmpdir(), 'longshore-machine-'))
  const writeTimes = (times: readonly number[]) =>
    writeFileSync(join(procRoot, 'stat'), `cpu  ${times.join(' ')}\ncpu0 1 2 3 4\nctxt 5\n`)
  writeTimes([])
  writeFileSync(join(procRoot, 'meminfo'), meminfo)
  const machine = new Machine({ procRoot, cores: 4, memoryBytes: 32 * GIB })
  onTestFinished(() => {
    machine.close()
    rmSync(procRoot, { recursive: true })
  })
  return {
    machine,
    cpuPercentAt: (times: readonly number[]) => {
      writeTimes(times)
      return machine.read().cpuPercent
    },
  }
}

// user nice system idle iowait irq softirq steal guest guest_nice
const BEFORE = [1_000, 10, 500, 90_000, 400, 0, 30, 5, 0, 0]

test('the busy share is of all cores together, and waiting for disks is idle', () => {
  const { cpuPercentAt } = createMachine()
  expect(cpuPercentAt(BEFORE)).toBeNull()
  expect(cpuPercentAt([1_080, 20, 510, 90_280, 420, 0, 30, 5, 0, 0])).toBe(25)
})

test('time of guests is inside that of users and counts once', () => {
  const { cpuPercentAt } = createMachine()
  cpuPercentAt(BEFORE)
  expect(cpuPercentAt([1_100, 10, 500, 90_100, 400, 0, 30, 5, 100, 0])).toBe(50)
})

test('whatever the counters do, the share is between 0 and 100, or not known', () => {
  const times = fc.array(fc.nat({ max: 2 ** 40 }), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(times, { minLength: 2, maxLength: 4 }), (readings) => {
      const { cpuPercentAt } = createMachine()
      for (const reading of readings) {
        const percent = cpuPercentAt(reading) ?? 0
        expect(percent).toBeGreaterThanOrEqual(0)
        expect(percent).toBeLessThanOrEqual(100)
      }
    }),
    { numRuns: 40 },
  )
})

test('the share is that of the time between two readings, whatever went before', () => {
  const time = fc.nat({ max: 2 ** 30 })
  const eight = fc.array(time, { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(eight, eight, (before, passed) => {
      const { cpuPercentAt } = createMachine()
      const total = passed.reduce((sum, one) => sum + one, 0)
      const idle = (passed[3] ?? 0) + (passed[4] ?? 0)
      cpuPercentAt(before)
      const percent = cpuPercentAt(before.map((one, index) => one + (passed[index] ?? 0)))
      if (total === 0) expect(percent).toBeNull()
      else expect(percent).toBeCloseTo(((total - idle) / total) * 100, 6)
    }),
    { numRuns: 40 },
  )
})

test('no share spans a jump of time, nor a counter that went backwards', () => {
  const { machine, cpuPercentAt } = createMachine()
  const later = BEFORE.map((time) => time + 100)
  cpuPercentAt(BEFORE)
  machine.discontinuity()
  expect(cpuPercentAt(later)).toBeNull()
  expect(cpuPercentAt(BEFORE)).toBeNull()
})

test('memory is used as far as it is not available', () => {
  const { machine } = createMachine()
  expect(machine.read()).toMatchObject({
    cores: 4,
    memoryTotalBytes: 16 * GIB,
    memoryUsedBytes: 4 * GIB,
  })
})

test('a kernel that does not tell what is available leaves the use unknown', () => {
  const { machine } = createMachine('MemTotal: 16777216 kB\nMemFree: 1 kB\n')
  expect(machine.read()).toMatchObject({ memoryTotalBytes: 32 * GIB, memoryUsedBytes: null })
})

test.each([
  ['another machine', null],
  ['a machine without /proc', '/nowhere'],
])('of %s only what the engine tells is known', (_, procRoot) => {
  const machine = new Machine({ procRoot, cores: 64, memoryBytes: 512 * GIB })
  expect(machine.read()).toEqual({
    cores: 64,
    cpuPercent: null,
    memoryTotalBytes: 512 * GIB,
    memoryUsedBytes: null,
  })
})

test.runIf(process.platform === 'linux')('this machine is read', () => {
  const machine = new Machine({ procRoot: '/proc', cores: cpus().length, memoryBytes: null })
  onTestFinished(() => machine.close())
  const { memoryTotalBytes, memoryUsedBytes } = machine.read()
  expect(memoryTotalBytes).toBe(totalmem())
  expect(memoryUsedBytes).toBeGreaterThan(0)
  expect(memoryUsedBytes).toBeLessThan(totalmem())
})
