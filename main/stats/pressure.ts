import { join } from 'node:path'
import { openIfThere, parseInteger, type KernelFile, type KernelText } from './kernelFile'
import type { Reading } from './reading'

const total = Buffer.from('total=')

/**
 * A kept-open PSI file (Documentation/accounting/psi.rst): the time in which some, and in which all
 * tasks waited for a resource. A kernel without PSI has no such file (ENOENT), one where it is switched
 * off refuses to read it (EOPNOTSUPP): the fields stay unknown then, and it is not tried again.
 */
export class PressureFile {
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
