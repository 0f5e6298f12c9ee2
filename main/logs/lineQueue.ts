import { compareStamps, copyLine, type RawLine } from './rawLine'

/** How much a queued line costs beside its text, bytes. */
const LINE_COST = 200

interface Queued {
  line: RawLine
  /** By the monotonic clock, milliseconds. */
  arrivedAt: number
}

/** Lines of one container that wait for those of others. */
export class LineQueue {
  #lines: Queued[] = []
  #head = 0
  bytes = 0

  get length(): number {
    return this.#lines.length - this.#head
  }

  get first(): Queued | null {
    return this.#lines[this.#head] ?? null
  }

  add(line: RawLine): void {
    this.#lines.push({ line: copyLine(line), arrivedAt: performance.now() })
    this.bytes += LINE_COST + line.end - line.start
  }

  take(): RawLine | null {
    const queued = this.#lines[this.#head]
    if (!queued) return null
    this.#head += 1
    this.bytes -= LINE_COST + queued.line.end
    // Cut in bulk, so that taking stays cheap.
    if (this.#head > 1_000 && this.#head * 2 > this.#lines.length) {
      this.#lines = this.#lines.slice(this.#head)
      this.#head = 0
    }
    return queued.line
  }
}

/** Which queue has the oldest line: by its stamp, and among the same by when it came; null: all are empty. */
export function oldestOf(queues: readonly LineQueue[]): LineQueue | null {
  let oldest: LineQueue | null = null
  for (const queue of queues) {
    const [one, other] = [queue.first, oldest?.first]
    if (!one) continue
    if (!other || isOlder(one, other)) oldest = queue
  }
  return oldest
}

function isOlder(one: Queued, other: Queued): boolean {
  const order = compareStamps(one.line, other.line)
  return order !== 0 ? order < 0 : one.arrivedAt < other.arrivedAt
}
