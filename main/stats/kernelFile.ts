import { closeSync, openSync, readSync } from 'node:fs'
import { isMissing } from '../systemFiles'

/**
 * One for all files: a read is parsed before the next one begins. Grows where a text does not fit, and
 * begins small, because a key that is not there is looked for up to its end. Most texts have less than
 * 2 KiB.
 */
let scratch = Buffer.alloc(16 * 1024)
/**
 * A read of a file of many records ends with the last whole one that fits a page (`seq_read_iter` in
 * fs/seq_file.c), of which the smallest has 4 KiB; the longest record, a line of net/dev, 353 bytes. A
 * text shorter than this has ended.
 */
const SURELY_WHOLE_BYTES = 3_584

const NEWLINE = 0x0a
const SPACE = 0x20
const MINUS = 0x2d
const ZERO = 0x30
const COLON = 0x3a

/** What a kept-open file held at the last read; valid until any file is read. */
export interface KernelText {
  bytes: Buffer
  length: number
}

const text: KernelText = { bytes: scratch, length: 0 }

/**
 * A file of /proc or /sys that is kept open. The kernel makes its text anew for a read at position 0,
 * so one `pread` gives the present values (net/dev of many interfaces takes several): four times cheaper
 * than opening it again.
 *
 * Everything throws the system's error: ENODEV once the cgroup behind the file was removed.
 */
export class KernelFile {
  readonly #descriptor: number

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r')
  }

  read(): KernelText {
    let length = readSync(this.#descriptor, scratch, 0, scratch.length, 0)
    while (length > SURELY_WHOLE_BYTES) {
      if (length === scratch.length) scratch = Buffer.concat([scratch], 2 * length)
      const more = readSync(this.#descriptor, scratch, length, scratch.length - length, length)
      if (more === 0) break
      length += more
    }
    text.bytes = scratch
    text.length = length
    return text
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}

/** Null where the file does not exist. */
export function openIfThere(path: string): KernelFile | null {
  try {
    return new KernelFile(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/**
 * The whole text of a file that is read too seldom to be kept open; null where it does not exist. Half
 * the cost of `readFileSync`, which asks for a size that these files do not have.
 */
export function readKernelText(path: string): string | null {
  const file = openIfThere(path)
  if (!file) return null
  try {
    const { bytes, length } = file.read()
    return bytes.toString('latin1', 0, length).trim()
  } finally {
    file.close()
  }
}

/** The number that the file begins with; NaN where it begins with something else (`max`). */
export function integerOf({ bytes, length }: KernelText): number {
  return parseInteger(bytes, 0, length)
}

/**
 * The decimal integer at `from`, up to the first byte that is no digit or `end`; NaN where there is
 * none. Beyond 2^53 (104 days of CPU time in nanoseconds) it is off by a few units, which a difference
 * over a second does not show.
 */
export function parseInteger(bytes: Uint8Array, from: number, end: number): number {
  const negative = from < end && bytes[from] === MINUS
  const start = negative ? from + 1 : from
  let value = 0
  let at = start
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  if (at === start) return Number.NaN
  return negative ? -value : value
}

/**
 * The value of one line of a flat keyed file (`inactive_file 4096`); NaN where no line begins so.
 *
 * @param key The key and the space after it, as bytes.
 */
export function keyedOf({ bytes, length }: KernelText, key: Buffer): number {
  let at = bytes.indexOf(key)
  // `inactive_file ` is also the end of `total_inactive_file `.
  while (at > 0 && at < length && bytes[at - 1] !== NEWLINE) at = bytes.indexOf(key, at + 1)
  return at === -1 || at >= length ? Number.NaN : parseInteger(bytes, at + key.length, length)
}

/**
 * The sum of the numbers that stand after each `key`, wherever it is: `rbytes=` in io.stat, `Read ` in
 * blkio.throttle.io_service_bytes. 0 where there is none.
 */
export function sumAfter({ bytes, length }: KernelText, key: Buffer): number {
  let sum = 0
  for (let at = bytes.indexOf(key); at !== -1 && at < length; at = bytes.indexOf(key, at + 1)) {
    sum += parseInteger(bytes, at + key.length, length) || 0
  }
  return sum
}

/** Bytes received and sent on all interfaces but `lo`, out of net/dev (proc_pid_net(5)). */
export function networkBytesOf(
  { bytes, length }: KernelText,
  into: { receivedBytes: number; sentBytes: number },
): void {
  into.receivedBytes = 0
  into.sentBytes = 0
  // Each interface is `name: received packets errors drop fifo frame compressed multicast sent …`.
  for (let line = 0; line < length; line = endOfLine(bytes, line, length) + 1) {
    const end = endOfLine(bytes, line, length)
    let at = line
    while (at < end && bytes[at] === SPACE) at++
    const name = at
    while (at < end && bytes[at] !== COLON) at++
    // The two lines of headings have no colon.
    if (at === end || isLoopback(bytes, name, at)) continue
    const received = startOfColumn(bytes, at + 1, end, 0)
    into.receivedBytes += parseInteger(bytes, received, end) || 0
    into.sentBytes += parseInteger(bytes, startOfColumn(bytes, received, end, 8), end) || 0
  }
}

function isLoopback(bytes: Buffer, from: number, to: number): boolean {
  return to - from === 2 && bytes[from] === 0x6c && bytes[from + 1] === 0x6f
}

function endOfLine(bytes: Buffer, from: number, length: number): number {
  const end = bytes.indexOf(NEWLINE, from)
  return end === -1 || end > length ? length : end
}

/** Where the column begins that is `count` columns after the one at or behind `at`. */
function startOfColumn(bytes: Buffer, at: number, end: number, count: number): number {
  let start = at
  for (let column = 0; ; column++) {
    while (start < end && bytes[start] === SPACE) start++
    if (column === count) return start
    while (start < end && bytes[start] !== SPACE) start++
  }
}
