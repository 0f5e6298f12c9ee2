import { join } from 'node:path'
import { openMeter, type Meter } from './cgroupVersion'
import { openIfThere, parseInteger, type KernelFile, type KernelText } from './kernelFile'
import { field, type Reading } from './reading'

const total = Buffer.from('total=')

/** The pressure on a cgroup of a v2 hierarchy: of its CPU, memory and input/output. */
export function openPressure(folder: string): Meter {
  return openMeter(({ keep }) => {
    const cpu = keep(new PressureFile(folder, 'cpu', field.cpuSomeMicros, field.cpuFullMicros))
    const memory = keep(
      new PressureFile(folder, 'memory', field.memorySomeMicros, field.memoryFullMicros),
    )
    const io = keep(new PressureFile(folder, 'io', field.ioSomeMicros, field.ioFullMicros))
    return (into) => {
      cpu.read(into)
      memory.read(into)
      io.read(into)
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

  constructor(
    folder: string,
    resource: 'cpu' | 'memory' | 'io',
    someField: number,
    fullField: number,
  ) {
    this.#file = openIfThere(join(folder, `${resource}.pressure`))
    this.#someField = someField
    this.#fullField = fullField
  }

  read(into: Reading): void {
    if (!this.#file) return
    try {
      const text = this.#file.read()
      const someEnd = lineEnd(text, 0)
      into[this.#someField] = totalMicros(text, 0, someEnd)
      // For the CPU there is no second line before Linux 5.13.
      into[this.#fullField] = totalMicros(text, someEnd, text.length)
    } catch (error) {
      if (!isUnsupported(error)) throw error
      this.close()
    }
  }

  close(): void {
    this.#file?.close()
    this.#file = null
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
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EOPNOTSUPP' || error.code === 'ENOTSUP')
  )
}
