import { join } from 'node:path'
import { systemCodeOf } from '../systemFiles'
import { openMeter, type Meter } from './cgroupVersion'
import { openIfThere, parseInteger, type KernelFile, type KernelText } from './kernelFile'
import type { MachinePressure, Resource } from './machinePressure'
import { field, type Reading } from './reading'

const total = Buffer.from('total=')

/**
 * The pressure on a cgroup of a v2 hierarchy: of its CPU, memory and input/output. A file is read only
 * where its times can have grown: where tasks of the machine waited since the tick before, and for the
 * CPU also where the cgroup used any. One that used none waited the whole time or not at all, and the
 * whole time would show on the machine.
 *
 * To be read after the CPU usage, in every tick of which `machine` knows.
 */
export function openPressure(folder: string, machine: MachinePressure): Meter {
  return openMeter(({ keep }) => {
    const cpu = keep(new PressureFile(folder, 'cpu', field.cpuSomeMicros, field.cpuFullMicros))
    const memory = keep(
      new PressureFile(folder, 'memory', field.memorySomeMicros, field.memoryFullMicros),
    )
    const io = keep(new PressureFile(folder, 'io', field.ioSomeMicros, field.ioFullMicros))
    let cpuNanos = Number.NaN
    return (into) => {
      const ran = into[field.cpuNanos] !== cpuNanos
      cpuNanos = into[field.cpuNanos] ?? Number.NaN
      cpu.tell(into, ran || machine.waited.cpu)
      memory.tell(into, machine.waited.memory)
      io.tell(into, machine.waited.io)
    }
  })
}

/**
 * A kept-open PSI file (Documentation/accounting/psi.rst): the time in which some, and in which all
 * tasks waited for a resource. A kernel without PSI has no such file (ENOENT), one where it is switched
 * off refuses to read it (EOPNOTSUPP): the fields stay unknown then, and it is not tried again.
 */
class PressureFile {
  readonly #someField: number
  readonly #fullField: number
  #file: KernelFile | null
  #someMicros = Number.NaN
  #fullMicros = Number.NaN

  constructor(folder: string, resource: Resource, someField: number, fullField: number) {
    this.#file = openIfThere(join(folder, `${resource}.pressure`))
    this.#someField = someField
    this.#fullField = fullField
  }

  /** @param mayHaveGrown False: the times stand where they stood when this was called before. */
  tell(into: Reading, mayHaveGrown: boolean): void {
    if (mayHaveGrown || Number.isNaN(this.#someMicros)) this.#read()
    into[this.#someField] = this.#someMicros
    into[this.#fullField] = this.#fullMicros
  }

  close(): void {
    this.#file?.close()
    this.#file = null
  }

  #read(): void {
    if (!this.#file) return
    try {
      const text = this.#file.read()
      const someEnd = lineEnd(text, 0)
      this.#someMicros = totalMicros(text, 0, someEnd)
      // For the CPU there is no second line before Linux 5.13.
      this.#fullMicros = totalMicros(text, someEnd, text.length)
    } catch (error) {
      if (!isUnsupported(error)) throw error
      this.close()
    }
  }
}

function totalMicros({ bytes }: KernelText, from: number, end: number): number {
  const at = bytes.indexOf(total, from)
  return at === -1 || at >= end ? Number.NaN : parseInteger(bytes, at + total.length, end)
}

function lineEnd({ bytes, length }: KernelText, from: number): number {
  const end = bytes.indexOf('\n', from)
  return end === -1 || end > length ? length : end
}

function isUnsupported(error: unknown): boolean {
  const code = systemCodeOf(error)
  return code === 'EOPNOTSUPP' || code === 'ENOTSUP'
}
