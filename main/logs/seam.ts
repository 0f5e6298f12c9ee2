import { compareStamps, copyLine, type LineSink, type RawLine, type Stamp } from './rawLine'

/** A time stamp, and how many lines of one stream carry it. */
export interface FirstStamp extends Stamp {
  count: number
}

/** Of stdout and of stderr; null: no line of it was there. */
export type FirstStamps = [FirstStamp | null, FirstStamp | null]

/** Remembers with what each stream of each container begins in the lines that are shown. */
export class Beginnings {
  readonly #first: FirstStamps[]

  constructor(sources: number) {
    this.#first = Array.from({ length: sources }, () => [null, null])
  }

  note(line: RawLine): void {
    const first = this.#first[line.source]
    if (!first || !line.timed) return
    const stream = line.stderr ? 1 : 0
    const known = first[stream]
    if (known === null) first[stream] = { seconds: line.seconds, nanos: line.nanos, count: 1 }
    else if (known.seconds === line.seconds && known.nanos === line.nanos) known.count += 1
  }

  /** As it is now: a copy. */
  of(source: number): FirstStamps {
    const [out, err] = this.#first[source] ?? [null, null]
    return [out && { ...out }, err && { ...err }]
  }
}

interface Held {
  line: RawLine
  /** Not known yet whether it is one of those that are shown already. */
  open: boolean
}

/**
 * Joins what is read of a log from its beginning to the lines that were read from its end: passes exactly
 * those on that come before them. Several lines may carry the same time stamp (whole seconds on Podman
 * 4.3), and a part of them be shown already: those are the last ones of that stamp. Which these are is known
 * when as many have come after, so lines are held back there, and only there.
 */
export class Seam {
  readonly #first: FirstStamps
  readonly #until: Stamp
  readonly #onLine: LineSink
  #held: Held[] = []
  readonly #open: [number, number] = [0, 0]

  /**
   * @param first with what the shown lines begin, complete: that time is over
   * @param until nothing from here on comes before the shown lines
   */
  constructor(first: FirstStamps, until: Stamp, onLine: LineSink) {
    this.#first = first
    this.#until = until
    this.#onLine = onLine
  }

  accept(line: RawLine): void {
    const stream = line.stderr ? 1 : 0
    const first = this.#first[stream]
    const order = first === null ? -1 : compareStamps(line, first)
    if (order > 0 || compareStamps(line, this.#until) >= 0) return
    const open = order === 0
    if (!open && this.#held.length === 0) {
      this.#onLine(line)
      return
    }
    this.#held.push({ line: copyLine(line), open })
    if (!open) return
    this.#open[stream] += 1
    if (first && this.#open[stream] > first.count) this.#decide(line.stderr)
  }

  /** The log is over: lines that are still undecided are those that are shown. */
  end(): void {
    for (const { line, open } of this.#held) if (!open) this.#onLine(line)
    this.#held = []
  }

  /** The oldest undecided line of a stream is none of those that are shown. */
  #decide(stderr: boolean): void {
    const oldest = this.#held.find(({ line, open }) => open && line.stderr === stderr)
    if (!oldest) return
    oldest.open = false
    this.#open[stderr ? 1 : 0] -= 1
    const stillOpen = this.#held.findIndex(({ open }) => open)
    const decided = this.#held.splice(0, stillOpen === -1 ? this.#held.length : stillOpen)
    for (const { line } of decided) this.#onLine(line)
  }
}
