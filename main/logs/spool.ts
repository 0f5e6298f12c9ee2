import { join } from 'node:path'
import { say } from '../../preload/contract/say'
import { Failure, toFailure } from '../errors'
import { LineBlock } from './block'
import { compareStamps, type RawLine, type Stamp } from './rawLine'
import { Segment } from './segment'

/** A file of the spool takes so many bytes; then comes the next. */
const SEGMENT_BYTES = 64 * 1_024 * 1_024
/** With more blocks than this still to be written, whoever adds lines has to wait. */
const MOST_WAITING = 12
/** Blocks that are kept to be filled again. */
const MOST_SPARE = 4

/** The disk takes no more lines. */
export class SpoolFailure extends Failure {}

/** What is known of a block that was filled. */
interface StoredBlock {
  /** The number of its first line, from 0 in this spool. */
  first: number
  lines: number
  bytes: number
  /** The time of its last line. */
  last: Stamp
  segment: Segment
  offset: number
  /** As long as it is not written. */
  block: LineBlock | null
}

/** Some lines of a spool, in order; `block` is valid until the next piece is asked for. */
export interface SpoolPiece {
  block: LineBlock
  /** The number of the block's first line. */
  first: number
}

/**
 * Lines in files, numbered from 0, any of which can be read again. In memory are the block that is being
 * filled, those on their way to the disk, and some hundred bytes for each block of thousands of lines: so
 * it costs the same whatever the length of the log.
 */
export class Spool {
  readonly #path: string
  readonly #segmentBytes: number
  readonly #segments: Segment[] = []
  readonly #blocks: StoredBlock[] = []
  readonly #spare: LineBlock[] = []
  readonly #waiting: StoredBlock[] = []
  #open = LineBlock.empty()
  /** The number of the open block's first line. */
  #openFirst = 0
  #segmentCount = 0
  #writing: Promise<void> | null = null
  #room: PromiseWithEnds | null = null
  #failure: SpoolFailure | null = null
  #closed = false

  /** @param name of its files in `folder`, which is there */
  constructor(folder: string, name: string, { segmentBytes = SEGMENT_BYTES } = {}) {
    this.#path = join(folder, name)
    this.#segmentBytes = segmentBytes
  }

  /** How many lines were added. */
  get end(): number {
    return this.#openFirst + this.#open.lines
  }

  /** The oldest line that is still there; those before it gave way. */
  get first(): number {
    return this.#blocks[0]?.first ?? this.#openFirst
  }

  /** Bytes on the disk, or on their way to it. */
  get bytes(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  add(line: RawLine): void {
    if (this.#open.full) this.#store()
    this.#open.add(line)
  }

  /** Null, or a promise: lines come faster than the disk takes them. Rejects where it takes none. */
  room(): Promise<void> | null {
    if (this.#failure) return Promise.reject(this.#failure)
    if (this.#waiting.length <= MOST_WAITING) return null
    this.#room ??= promiseWithEnds()
    return this.#room.promise
  }

  /** The blocks with the lines from `from` to before `to`, as far as they are there. */
  async *pieces(from: number, to: number): AsyncGenerator<SpoolPiece, void, undefined> {
    let buffer = Buffer.alloc(0)
    for (let next = Math.max(from, this.first); next < Math.min(to, this.end);) {
      const stored = this.#blockOf(next)
      if (stored === null || stored.block) {
        // Copied: what is in memory is filled on, and then again from the beginning.
        const block = (stored?.block ?? this.#open).copy()
        const first = stored?.first ?? this.#openFirst
        next = first + block.lines
        yield { block, first }
        continue
      }
      const { segment, offset, bytes, lines, first } = stored
      if (buffer.length < bytes) buffer = Buffer.allocUnsafeSlow(bytes)
      const block = await segment.read(offset, bytes, lines, buffer).catch((error: unknown) => {
        if (first < this.first) return null
        throw error
      })
      next = Math.max(first + lines, this.first)
      if (block) yield { block, first }
    }
  }

  /** Where the first block begins that ends at or after a time; null: all that is there is older. */
  firstBlockUntil(stamp: Stamp): number | null {
    const stored = this.#blocks.find(({ last }) => compareStamps(last, stamp) >= 0)
    if (stored) return stored.first
    return this.#open.lines > 0 ? this.#openFirst : null
  }

  /** Lets the lines of the oldest file go, unless it is the one that is written to. */
  forgetOldest(): boolean {
    if (this.#segments.length < 2) return false
    const segment = this.#segments.shift()
    if (!segment) return false
    const kept = this.#blocks.findIndex((stored) => stored.segment !== segment)
    this.#blocks.splice(0, kept === -1 ? this.#blocks.length : kept)
    void segment.remove()
    return true
  }

  /** Lets all lines go; only for a spool that is not added to any more. */
  forgetAll(): void {
    this.#openFirst = this.end
    this.#open.clear()
    this.#blocks.splice(0)
    for (const segment of this.#segments.splice(0)) void segment.remove()
  }

  /** Removes its files. */
  async close(): Promise<void> {
    this.#closed = true
    this.#room?.resolve()
    await this.#writing
    await Promise.all(this.#segments.map((segment) => segment.remove()))
  }

  #store(): void {
    const block = this.#open
    let segment = this.#segments.at(-1)
    if (!segment || segment.bytes + block.bytes > this.#segmentBytes) {
      segment = new Segment(`${this.#path}-${this.#segmentCount++}`)
      this.#segments.push(segment)
    }
    const stored: StoredBlock = {
      first: this.#openFirst,
      lines: block.lines,
      bytes: block.bytes,
      last: block.stampOf(block.lines - 1),
      ...{ segment, offset: segment.bytes, block },
    }
    segment.bytes += block.bytes
    this.#blocks.push(stored)
    this.#waiting.push(stored)
    this.#openFirst += block.lines
    this.#open = this.#spare.pop() ?? LineBlock.empty()
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null
    })
  }

  async #write(): Promise<void> {
    if (this.#failure) return
    for (;;) {
      const [stored] = this.#waiting
      if (!stored?.block || this.#closed) return
      const { block } = stored
      try {
        await stored.segment.write(block, stored.offset)
      } catch (error) {
        // What could not be written stays readable out of memory: nothing is added any more.
        if (stored.first >= this.first) {
          this.#fail(error)
          return
        }
      }
      this.#waiting.shift()
      stored.block = null
      block.clear()
      if (this.#spare.length < MOST_SPARE) this.#spare.push(block)
      if (this.#waiting.length <= MOST_WAITING) {
        this.#room?.resolve()
        this.#room = null
      }
    }
  }

  #fail(error: unknown): void {
    const { code, message, hint } = toFailure(error)
    this.#failure = new SpoolFailure(code, say`The log cannot be kept for reading: ${message}`, {
      hint,
    })
    this.#room?.reject(this.#failure)
    this.#room = null
  }

  /** The stored block with this line; null: it is in the open one. */
  #blockOf(number: number): StoredBlock | null {
    if (number >= this.#openFirst) return null
    let [low, high] = [0, this.#blocks.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#blocks[middle]?.first ?? 0) <= number) low = middle
      else high = middle - 1
    }
    return this.#blocks[low] ?? null
  }
}

interface PromiseWithEnds {
  promise: Promise<void>
  resolve: () => void
  reject: (error: Error) => void
}

function promiseWithEnds(): PromiseWithEnds {
  const ends: Partial<PromiseWithEnds> = {}
  const promise = new Promise<void>((resolve, reject) => Object.assign(ends, { resolve, reject }))
  return { promise, resolve: () => ends.resolve?.(), reject: (error) => ends.reject?.(error) }
}
