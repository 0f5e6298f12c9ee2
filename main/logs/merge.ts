import { LineQueue, oldestOf } from './lineQueue'
import { compareStamps, type LineSink, type RawLine } from './rawLine'

/** The most of all last lines together; older ones count as cut off. */
const TAILS_BYTES = 64 * 1_024 * 1_024
/** The most that waits of one source while another one's next line is still to come. */
const AHEAD_BYTES = 1_024 * 1_024
/** How long a line waits for older ones of other containers, milliseconds. */
const WINDOW_MILLIS = 150
/** With more than this waiting, none waits any longer. */
const WINDOW_BYTES = 8 * 1_024 * 1_024

/** The last lines of one or several containers, brought into one order when all are there. */
export class TailMerge {
  readonly #queues: LineQueue[]
  readonly #cut: boolean[]
  readonly #tail: number
  readonly #mostBytes: number

  /** @param tail how many lines of each are kept: the last ones */
  constructor(sources: number, tail: number) {
    this.#queues = Array.from({ length: sources }, () => new LineQueue())
    this.#cut = this.#queues.map(() => false)
    this.#tail = tail
    this.#mostBytes = TAILS_BYTES / sources
  }

  /** The lines of a container come from the beginning on, perhaps anew. */
  begin(source: number): void {
    this.#queues[source] = new LineQueue()
    this.#cut[source] = false
  }

  add(line: RawLine): void {
    const queue = this.#queues[line.source]
    if (!queue) return
    queue.add(line)
    while (queue.length > this.#tail || (queue.bytes > this.#mostBytes && queue.length > 1)) {
      queue.take()
      this.#cut[line.source] = true
    }
  }

  /** There are lines before the last ones of this container: the first that came may be no whole line. */
  markCut(source: number): void {
    const queue = this.#queues[source]
    if (!this.#cut[source] && queue && queue.length > 1) queue.take()
    this.#cut[source] = true
  }

  /**
   * Hands the lines on by time, from that moment on since which they are complete: before it, lines of
   * the container are missing whose last lines go back least far. Its own are complete, also one that is
   * stamped a little before the first: its two streams may be out of order.
   *
   * @returns whether lines are missing before them
   */
  flush(onLine: LineSink): boolean {
    let from: RawLine | null = null
    for (const [source, queue] of this.#queues.entries()) {
      const first = queue.first?.line
      if (this.#cut[source] && first && (!from || compareStamps(first, from) > 0)) from = first
    }
    let missing = this.#cut.includes(true)
    for (let queue = oldestOf(this.#queues); queue; queue = oldestOf(this.#queues)) {
      const line = queue.take()
      if (!line) break
      if (from && line.source !== from.source && compareStamps(line, from) < 0) missing = true
      else onLine(line)
    }
    return missing
  }
}

/** Lines of several containers that come to an end, merged by time; who is ahead is made to wait. */
export class EndingMerge {
  readonly #queues: LineQueue[]
  readonly #ended: boolean[]
  readonly #onLine: LineSink
  #moved: (() => void)[] = []

  constructor(sources: number, onLine: LineSink) {
    this.#queues = Array.from({ length: sources }, () => new LineQueue())
    this.#ended = this.#queues.map(() => false)
    this.#onLine = onLine
  }

  add(line: RawLine): void {
    this.#queues[line.source]?.add(line)
    this.#drain()
  }

  end(source: number): void {
    this.#ended[source] = true
    this.#drain()
  }

  /** Null, or a promise: so much of this one waits for others that no more should come. */
  room(source: number): Promise<void> | null {
    if ((this.#queues[source]?.bytes ?? 0) <= AHEAD_BYTES) return null
    return new Promise((resolve) => this.#moved.push(resolve))
  }

  #drain(): void {
    let moved = false
    while (this.#queues.every(({ length }, source) => length > 0 || this.#ended[source])) {
      const line = oldestOf(this.#queues)?.take()
      if (!line) break
      moved = true
      this.#onLine(line)
    }
    if (!moved) return
    for (const resolve of this.#moved.splice(0)) resolve()
  }
}

/**
 * Lines of several containers as they come, brought into the order of their time stamps as far as they come
 * within a short window; a line of a container that is silent is not waited for any longer.
 */
export class LiveMerge {
  readonly #queues: LineQueue[]
  readonly #onLine: LineSink
  #timer: NodeJS.Timeout | null = null

  constructor(sources: number, onLine: LineSink) {
    this.#queues = Array.from({ length: sources }, () => new LineQueue())
    this.#onLine = onLine
  }

  add(line: RawLine): void {
    this.#queues[line.source]?.add(line)
    this.#timer ??= setTimeout(() => this.#drain(), WINDOW_MILLIS)
    if (this.#bytes > WINDOW_BYTES) this.#drain()
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }

  get #bytes(): number {
    return this.#queues.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Hands on what has waited long enough, and what is older than that. */
  #drain(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const due = performance.now() - WINDOW_MILLIS
    let excess = this.#bytes > WINDOW_BYTES ? this.#bytes - WINDOW_BYTES / 2 : 0
    for (let queue = oldestOf(this.#queues); queue; queue = oldestOf(this.#queues)) {
      const before = queue.bytes
      if (excess <= 0 && !this.#queues.some(({ first }) => first && first.arrivedAt <= due)) break
      const line = queue.take()
      if (!line) break
      excess -= before - queue.bytes
      this.#onLine(line)
    }
    const next = Math.min(...this.#queues.map(({ first }) => first?.arrivedAt ?? Infinity))
    if (next < Infinity) {
      this.#timer = setTimeout(() => this.#drain(), Math.max(1, next - due))
    }
  }
}
