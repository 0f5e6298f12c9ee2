import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { isMissing } from '../files'

/** Every file read here is far smaller: memory.stat, the largest, has about 1.5 KiB. */
const SCRATCH_BYTES = 32 * 1024
/** One for all files: a read is parsed before the next one begins. */
const scratch = Buffer.alloc(SCRATCH_BYTES)

const NEWLINE = 0x0a
const MINUS = 0x2d
const ZERO = 0x30

/**
 * A file of /proc or /sys that is kept open. The kernel makes its text anew for a read at position 0,
 * so one `pread` gives the present values: four times cheaper than opening it again.
 *
 * Everything throws the system's error: ENODEV once the cgroup behind the file was removed.
 */
export class KernelFile {
  readonly #descriptor: number

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r')
  }

  /** The number that the file begins with; null where it begins with something else (`max`). */
  readInteger(): number | null {
    return parseInteger(scratch, 0, this.#read())
  }

  /**
   * The value of one line of a flat keyed file (`inactive_file 4096`).
   *
   * @param key The key and the space after it, as bytes.
   */
  readKeyed(key: Buffer): number | null {
    return parseKeyed(scratch, this.#read(), key)
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  #read(): number {
    return readSync(this.#descriptor, scratch, 0, SCRATCH_BYTES, 0)
  }
}

/** The whole text of a file that is read too seldom to be kept open; null where it does not exist. */
export function readKernelText(path: string): string | null {
  try {
    return readFileSync(path, 'latin1').trim()
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/**
 * The decimal integer at `from`, up to the first byte that is no digit or `end`; null where there is
 * none. Beyond 2^53 (104 days of CPU time in nanoseconds) it is off by a few units, which a difference
 * over a second does not show.
 */
export function parseInteger(bytes: Uint8Array, from: number, end: number): number | null {
  const negative = from < end && bytes[from] === MINUS
  const start = negative ? from + 1 : from
  let value = 0
  let at = start
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  if (at === start) return null
  return negative ? -value : value
}

/** The value of the line that begins with `key` in the first `length` bytes; null where none does. */
export function parseKeyed(bytes: Buffer, length: number, key: Buffer): number | null {
  let at = bytes.indexOf(key)
  // `inactive_file ` is also the end of `total_inactive_file `.
  while (at > 0 && bytes[at - 1] !== NEWLINE) at = bytes.indexOf(key, at + 1)
  return at === -1 || at >= length ? null : parseInteger(bytes, at + key.length, length)
}
