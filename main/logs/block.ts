import type { LogLine } from '../../preload/contract/logs'
import { levelOf } from './level'
import type { RawLine, Stamp } from './rawLine'
import { formatStamp } from './stamp'

/** A block takes lines until it has so many, or so much text; then comes the next. */
const MAX_LINES = 4_096
const FULL_BYTES = 256 * 1_024
/** Room for a whole line more. */
const TEXT_BYTES = FULL_BYTES + 64 * 1_024
/** What a line takes beside its text: its end, its seconds, its nanoseconds and its flags. */
const LINE_BYTES = 4 + 4 + 4 + 2

const STDERR = 1
const TRUNCATED = 2
const RESUMED = 4
const TIMED = 8
/** The source is above the flags: 0 to 4,095. */
const SOURCE_SHIFT = 4

/**
 * Some thousands of lines, column by column, so that they are written and read in one piece and searched
 * without being taken apart. All bytes are in one buffer: ends, seconds, nanoseconds, flags, text.
 */
export class LineBlock {
  lines = 0
  /** Where each line's text ends; it begins where the one before ends. */
  readonly ends: Uint32Array
  readonly seconds: Uint32Array
  readonly nanos: Uint32Array
  readonly flags: Uint16Array
  readonly text: Buffer

  private constructor(bytes: Buffer, capacity: number) {
    const { buffer, byteOffset } = bytes
    this.ends = new Uint32Array(buffer, byteOffset, capacity)
    this.seconds = new Uint32Array(buffer, byteOffset + 4 * capacity, capacity)
    this.nanos = new Uint32Array(buffer, byteOffset + 8 * capacity, capacity)
    this.flags = new Uint16Array(buffer, byteOffset + 12 * capacity, capacity)
    this.text = bytes.subarray(LINE_BYTES * capacity)
  }

  static empty(): LineBlock {
    // Slow: out of no shared pool, so that the columns are aligned.
    return new LineBlock(Buffer.allocUnsafeSlow(MAX_LINES * LINE_BYTES + TEXT_BYTES), MAX_LINES)
  }

  /** A block as `parts` wrote it. The buffer must begin at a multiple of four. */
  static from(bytes: Buffer, lines: number): LineBlock {
    const block = new LineBlock(bytes, lines)
    block.lines = lines
    return block
  }

  get textBytes(): number {
    return this.lines === 0 ? 0 : (this.ends[this.lines - 1] ?? 0)
  }

  get bytes(): number {
    return this.lines * LINE_BYTES + this.textBytes
  }

  /** No line more should be added. */
  get full(): boolean {
    return this.lines >= MAX_LINES || this.textBytes >= FULL_BYTES
  }

  /** Adds a line to a block that is not full. */
  add(line: RawLine): void {
    const at = this.lines
    const from = this.textBytes
    const { bytes, start, end } = line
    const length = end - start
    // A loop is faster than a call for what most lines are.
    if (length < 64) for (let i = 0; i < length; i++) this.text[from + i] = bytes[start + i] ?? 0
    else this.text.set(bytes.subarray(start, end), from)
    this.ends[at] = from + length
    this.seconds[at] = line.seconds
    this.nanos[at] = line.nanos
    this.flags[at] =
      (line.stderr ? STDERR : 0) |
      (line.truncated ? TRUNCATED : 0) |
      (line.resumed ? RESUMED : 0) |
      (line.timed ? TIMED : 0) |
      (line.source << SOURCE_SHIFT)
    this.lines = at + 1
  }

  clear(): void {
    this.lines = 0
  }

  /** What is written of it, in this order. */
  parts(): Uint8Array[] {
    const { lines } = this
    const columns = [this.ends, this.seconds, this.nanos, this.flags]
    return [
      ...columns.map((column) => {
        const bytes = lines * column.BYTES_PER_ELEMENT
        return new Uint8Array(column.buffer, column.byteOffset, bytes)
      }),
      this.text.subarray(0, this.textBytes),
    ].filter((part) => part.length > 0)
  }

  /** The same lines in a buffer of its own. */
  copy(): LineBlock {
    const bytes = Buffer.allocUnsafeSlow(this.bytes)
    let at = 0
    for (const part of this.parts()) {
      bytes.set(part, at)
      at += part.length
    }
    return LineBlock.from(bytes, this.lines)
  }

  startOf(index: number): number {
    return index === 0 ? 0 : (this.ends[index - 1] ?? 0)
  }

  endOf(index: number): number {
    return this.ends[index] ?? 0
  }

  stampOf(index: number): Stamp {
    return { seconds: this.seconds[index] ?? 0, nanos: this.nanos[index] ?? 0 }
  }

  sourceOf(index: number): number {
    return (this.flags[index] ?? 0) >> SOURCE_SHIFT
  }

  isStderr(index: number): boolean {
    return ((this.flags[index] ?? 0) & STDERR) !== 0
  }

  /** Bytes that are no UTF-8 become U+FFFD. */
  textOf(index: number): string {
    return this.text.toString('utf8', this.startOf(index), this.endOf(index))
  }

  /** A line as the page shows it. */
  lineOf(index: number, number: number): LogLine {
    const flags = this.flags[index] ?? 0
    const text = this.textOf(index)
    return {
      number,
      source: flags >> SOURCE_SHIFT,
      stream: flags & STDERR ? 'stderr' : 'stdout',
      at: flags & TIMED ? formatStamp(this.stampOf(index)) : null,
      text,
      truncated: (flags & TRUNCATED) !== 0,
      ...levelOf(text),
      marks: [],
      resumed: (flags & RESUMED) !== 0,
    }
  }

  /** Fills `line` with one of its lines; the bytes are a view. */
  read(index: number, line: RawLine): void {
    const flags = this.flags[index] ?? 0
    line.source = flags >> SOURCE_SHIFT
    line.stderr = (flags & STDERR) !== 0
    line.truncated = (flags & TRUNCATED) !== 0
    line.resumed = (flags & RESUMED) !== 0
    line.timed = (flags & TIMED) !== 0
    line.seconds = this.seconds[index] ?? 0
    line.nanos = this.nanos[index] ?? 0
    line.bytes = this.text
    line.start = this.startOf(index)
    line.end = this.endOf(index)
  }
}
