import type { LogLine } from '../../preload/contract/logs'
import { compareStamps, type RawLine, type Stamp } from './rawLine'
import { Spool, type SpoolPiece } from './spool'

/** What the lines of one open log may take on the disk. */
const MOST_BYTES = 2 * 1_024 ** 3

export interface StoreOptions {
  mostBytes?: number
  segmentBytes?: number
}

/**
 * All lines of an open log under their numbers: those from 0 on, and before them, once it was read, the
 * earlier part. The oldest give way where both together take too much.
 */
export class LogStore {
  readonly recent: Spool
  readonly #folder: string
  readonly #options: StoreOptions
  readonly #mostBytes: number
  #earlier: Spool | null = null
  /** The earlier part as long as it is being read. */
  #reading: Spool | null = null
  #readings = 0

  constructor(folder: string, options: StoreOptions = {}) {
    this.#folder = folder
    this.#options = options
    this.#mostBytes = options.mostBytes ?? MOST_BYTES
    this.recent = new Spool(folder, 'recent', options)
  }

  /** The oldest line that can be read. */
  get first(): number {
    const { earlier } = this
    return earlier && earlier.first < earlier.end ? earlier.first - earlier.end : this.recent.first
  }

  /** Behind the newest line. */
  get end(): number {
    return this.recent.end
  }

  /** Lines that gave way. */
  get forgotten(): number {
    return (this.earlier?.first ?? 0) + this.recent.first
  }

  get earlier(): Spool | null {
    return this.#earlier
  }

  add(line: RawLine): void {
    this.recent.add(line)
  }

  /** As the spool's: null, or a promise while lines come too fast. Lets the oldest go where it is time. */
  room(): Promise<void> | null {
    this.#keepBound()
    return this.recent.room()
  }

  /** A spool for the earlier part; `keepEarlier` makes it part of this, `dropEarlier` lets it go. */
  beginEarlier(): { add: (line: RawLine) => void; room: () => Promise<void> | null } {
    const spool = new Spool(this.#folder, `earlier-${this.#readings++}`, this.#options)
    this.#reading = spool
    return {
      add: (line) => spool.add(line),
      room: () => {
        this.#keepBound()
        return spool.room()
      },
    }
  }

  keepEarlier(): void {
    this.#earlier = this.#reading
    this.#reading = null
  }

  async dropEarlier(): Promise<void> {
    const spool = this.#reading
    this.#reading = null
    await spool?.close()
  }

  /** The blocks with the lines from `from` to before `to`, under their numbers. */
  async *pieces(from: number, to: number): AsyncGenerator<SpoolPiece, void, undefined> {
    const { earlier } = this
    if (from < 0 && earlier) {
      const { end } = earlier
      for await (const { block, first } of earlier.pieces(from + end, Math.min(to, 0) + end)) {
        yield { block, first: first - end }
      }
    }
    if (to > 0) yield* this.recent.pieces(Math.max(from, 0), to)
  }

  /**
   * The lines with these numbers, in ascending order, as the page gets them. What is not there any more is left
   * out; no more come once there are `mostBytes` of text.
   */
  async lines(numbers: readonly number[], mostBytes: number): Promise<LogLine[]> {
    const lines: LogLine[] = []
    let bytes = 0
    for (let at = 0; at < numbers.length;) {
      const number = numbers[at] ?? 0
      const piece = (await this.pieces(number, number + 1).next()).value
      const end = piece ? piece.first + piece.block.lines : number + 1
      for (; at < numbers.length && (numbers[at] ?? 0) < end; at++) {
        const index = (numbers[at] ?? 0) - (piece?.first ?? 0)
        if (!piece || index < 0) continue
        bytes += piece.block.endOf(index) - piece.block.startOf(index)
        if (bytes > mostBytes && lines.length > 0) return lines
        lines.push(piece.block.lineOf(index, piece.first + index))
      }
    }
    return lines
  }

  /** The number of the first line at or after a time; null: there is none. */
  async firstAt(stamp: Stamp): Promise<number | null> {
    const { earlier } = this
    const inEarlier = earlier?.firstBlockUntil(stamp) ?? null
    const from =
      inEarlier !== null && earlier ? inEarlier - earlier.end : this.recent.firstBlockUntil(stamp)
    if (from === null) return null
    for await (const { block, first } of this.pieces(from, this.end)) {
      for (let index = Math.max(0, from - first); index < block.lines; index++) {
        if (compareStamps(block.stampOf(index), stamp) >= 0) return first + index
      }
    }
    return null
  }

  async close(): Promise<void> {
    for (const spool of [this.recent, this.#earlier, this.#reading]) await spool?.close()
  }

  #keepBound(): void {
    const [reading, earlier, recent] = [this.#reading, this.#earlier, this.recent]
    const bytes = () => (reading?.bytes ?? 0) + (earlier?.bytes ?? 0) + recent.bytes
    while (bytes() > this.#mostBytes) {
      if (reading?.forgetOldest() || earlier?.forgetOldest()) continue
      // Before the first of the newer lines goes: else there would be a hole.
      if (earlier && earlier.first < earlier.end) earlier.forgetAll()
      else if (!recent.forgetOldest()) return
    }
  }
}
