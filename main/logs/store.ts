import type { LogLine } from '../../preload/contract/logs'
import type { LineBlock } from './block'
import type { RawLine } from './rawLine'
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

  /** Visits the lines from `from` to before `to` that are there, until `visit` says false. */
  async visit(
    from: number,
    to: number,
    visit: (block: LineBlock, index: number, number: number) => boolean,
  ): Promise<void> {
    for await (const { block, first } of this.pieces(from, to)) {
      const last = Math.min(block.lines, to - first)
      for (let index = Math.max(0, from - first); index < last; index++) {
        if (!visit(block, index, first + index)) return
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.recent, this.#earlier, this.#reading].map((spool) => spool?.close()))
  }

  #keepBound(): void {
    const spools = [this.#reading, this.#earlier, this.recent]
    const bytes = () => spools.reduce((sum, spool) => sum + (spool?.bytes ?? 0), 0)
    while (bytes() > this.#mostBytes) {
      if (!spools.some((spool) => spool?.forgetOldest())) return
    }
  }
}

/** Lines as the page gets them, the oldest first. */
export async function readLines(
  store: LogStore,
  from: number,
  to: number,
  mostBytes: number,
): Promise<LogLine[]> {
  const lines: LogLine[] = []
  let left = mostBytes
  await store.visit(from, to, (block, index, number) => {
    left -= block.endOf(index) - block.startOf(index)
    if (left < 0 && lines.length > 0) return false
    lines.push(block.lineOf(index, number))
    return true
  })
  return lines
}
