import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { KernelFile } from '../../../main/stats/kernelFile'
import { MachinePressure, resources, type Resource } from '../../../main/stats/machinePressure'
import { openPressure } from '../../../main/stats/pressure'
import { createReading, field } from '../../../main/stats/reading'

/** The pressure on a machine whose times the test tells; a second passes with each look. */
function createMachine() {
  const procRoot = mkdtempSync(join(tmpdir(), 'longshore-pressure-'))
  mkdirSync(join(procRoot, 'pressure'))
  const write = (micros: Record<Resource, number>) => {
    for (const [resource, total] of Object.entries(micros)) {
      writeFileSync(join(procRoot, 'pressure', resource), some(total) + full(0))
    }
  }
  const micros = { cpu: 1_000, memory: 1_000, io: 1_000 }
  write(micros)
  const machine = new MachinePressure({ procRoot })
  onTestFinished(() => {
    machine.close()
    rmSync(procRoot, { recursive: true })
  })
  let atMillis = 0
  return {
    machine,
    /** In the second before it, tasks of the machine waited for so many microseconds. */
    look: (waited: Partial<Record<Resource, number>> = {}) => {
      for (const resource of resources) micros[resource] += waited[resource] ?? 0
      write(micros)
      machine.look((atMillis += 1_000))
      return { ...machine.waited }
    },
  }
}

const some = (total: number) => `some avg10=12.34 avg60=5.00 avg300=1.00 total=${total}\n`
const full = (total: number) => `full avg10=2.00 avg60=1.00 avg300=0.50 total=${total}\n`

/** A kernel that does not tell the pressure on the machine: every file is read at every tick. */
const unknownMachine = new MachinePressure({ procRoot: '/nowhere' })

/** The pressure on a cgroup with these files. */
function readerOf(files: Partial<Record<Resource, string>>, machine = unknownMachine) {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-pressure-'))
  const write = (resource: string, text: string) =>
    writeFileSync(join(folder, `${resource}.pressure`), text)
  for (const [resource, text] of Object.entries(files)) write(resource, text)
  const meter = openPressure(folder, machine)
  onTestFinished(() => {
    meter.close()
    rmSync(folder, { recursive: true })
  })
  return {
    meter,
    write,
    read: (cpuNanos = NaN) => {
      const reading = createReading()
      reading[field.cpuNanos] = cpuNanos
      meter.read(reading)
      return {
        cpu: [reading[field.cpuSomeMicros], reading[field.cpuFullMicros]],
        memory: [reading[field.memorySomeMicros], reading[field.memoryFullMicros]],
        io: [reading[field.ioSomeMicros], reading[field.ioFullMicros]],
      }
    },
  }
}

test('the times of some and of all tasks are read of each resource', () => {
  const micros = fc.nat({ max: Number.MAX_SAFE_INTEGER })
  const pair = fc.tuple(micros, micros)
  fc.assert(
    fc.property(fc.record({ cpu: pair, memory: pair, io: pair }), (truth) => {
      const textOf = ([one, all]: [number, number]) => some(one) + full(all)
      const { cpu, memory, io } = truth
      const reader = readerOf({ cpu: textOf(cpu), memory: textOf(memory), io: textOf(io) })
      expect(reader.read()).toEqual(truth)
    }),
    { numRuns: 30 },
  )
})

test('before Linux 5.13 the CPU has no line for all tasks: that is not known, and not 0', () => {
  const { read } = readerOf({ cpu: some(7), memory: some(1) + full(2), io: some(3) + full(4) })
  expect(read()).toEqual({ cpu: [7, NaN], memory: [1, 2], io: [3, 4] })
})

test('a shorter text does not leave what a longer one held behind it', () => {
  const { read, write } = readerOf({ cpu: some(7) + full(8), memory: some(1) + full(2) })
  read()
  write('cpu', some(9))
  write('memory', '')
  expect(read()).toMatchObject({ cpu: [9, NaN], memory: [NaN, NaN] })
})

test('a kernel without PSI has no files, and nothing is known', () => {
  const unknown = [NaN, NaN]
  expect(readerOf({}).read()).toEqual({ cpu: unknown, memory: unknown, io: unknown })
})

test('files that refuse to be read (PSI is switched off) are closed and left alone', () => {
  const { read } = readerOf({ cpu: some(7), memory: some(1), io: some(2) })
  const refused = Object.assign(new Error('EOPNOTSUPP'), { code: 'EOPNOTSUPP' })
  const reading = vi.spyOn(KernelFile.prototype, 'read').mockImplementation(() => {
    throw refused
  })
  onTestFinished(() => void vi.restoreAllMocks())
  const unknown = [NaN, NaN]
  expect(read()).toEqual({ cpu: unknown, memory: unknown, io: unknown })
  expect(read()).toEqual({ cpu: unknown, memory: unknown, io: unknown })
  expect(reading).toHaveBeenCalledTimes(3)
})

test('closing gives the files back', () => {
  const probe = () => {
    const descriptor = openSync('/dev/null', 'r')
    closeSync(descriptor)
    return descriptor
  }
  const before = probe()
  const { meter } = readerOf({ cpu: some(1), memory: some(1), io: some(1) })
  expect(probe()).toBeGreaterThan(before)
  meter.close()
  expect(probe()).toBe(before)
})

test('nobody waits where the times of the machine stand still, but for moments for a CPU', () => {
  const { look } = createMachine()
  expect(look()).toEqual({ cpu: true, memory: true, io: true })
  expect(look()).toEqual({ cpu: false, memory: false, io: false })
  expect(look({ cpu: 900, memory: 1 })).toEqual({ cpu: false, memory: true, io: false })
  expect(look({ cpu: 11_000, io: 1 })).toEqual({ cpu: true, memory: false, io: true })
})

test('where the kernel does not tell of the machine, somebody may always wait', () => {
  unknownMachine.look(1_000)
  unknownMachine.look(2_000)
  expect(unknownMachine.waited).toEqual({ cpu: true, memory: true, io: true })
})

test('a cgroup on a machine where nobody waits stands where it stood, without being read', () => {
  const { machine, look } = createMachine()
  const files = { cpu: some(1) + full(1), memory: some(2) + full(2), io: some(3) + full(3) }
  const { read, write } = readerOf(files, machine)
  look()
  const before = read(70)
  look()
  const reading = vi.spyOn(KernelFile.prototype, 'read')
  onTestFinished(() => void vi.restoreAllMocks())
  expect(read(70)).toEqual(before)
  expect(reading).not.toHaveBeenCalled()
  write('io', some(9) + full(8))
  look({ io: 6 })
  expect(read(70)).toEqual({ ...before, io: [9, 8] })
})

test('one that used CPU is read though the machine is calm: it may have waited for a moment', () => {
  const { machine, look } = createMachine()
  const { read, write } = readerOf({ cpu: some(1) + full(1) }, machine)
  look()
  read(70)
  write('cpu', some(5) + full(4))
  look()
  expect(read(71)).toMatchObject({ cpu: [5, 4] })
})

test('one that is new is read at once', () => {
  const { machine, look } = createMachine()
  look()
  look()
  expect(readerOf({ memory: some(2) + full(1) }, machine).read()).toMatchObject({ memory: [2, 1] })
})
