import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { KernelFile } from '../../../main/stats/kernelFile'
import { openPressure } from '../../../main/stats/pressure'
import { createReading, field } from '../../../main/stats/reading'

type Resource = 'cpu' | 'memory' | 'io'

const some = (total: number) => `some avg10=12.34 avg60=5.00 avg300=1.00 total=${total}\n`
const full = (total: number) => `full avg10=2.00 avg60=1.00 avg300=0.50 total=${total}\n`

/** The pressure on a cgroup with these files. */
function readerOf(files: Partial<Record<Resource, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-pressure-'))
  const write = (resource: string, text: string) =>
    writeFileSync(join(folder, `${resource}.pressure`), text)
  for (const [resource, text] of Object.entries(files)) write(resource, text)
  const meter = openPressure(folder)
  onTestFinished(() => {
    meter.close()
    rmSync(folder, { recursive: true })
  })
  return {
    meter,
    write,
    read: () => {
      const reading = createReading()
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
