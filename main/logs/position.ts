import { compareStamps, type RawLine, type Stamp } from './rawLine'

/** Lines of the two streams may be stamped slightly out of order, nanoseconds. */
const DISORDER_NANOS = 100_000_000
/** By so much before the last line is asked for, where it is asked by time, seconds. */
const SLACK_SECONDS = 2

/** A time, and how many lines carry it. */
interface Mark extends Stamp {
  count: number
}

/**
 * Remembers how far a log was read, so that reading on after an interruption repeats nothing and loses
 * nothing: per stream the last time stamp, and how many lines carried it.
 */
export class LogPosition {
  /** Of stdout and of stderr; a count of 0: nothing was read of it yet. */
  readonly #last: [Mark, Mark] = [newMark(), newMark()]
  readonly #skip: [Mark, Mark] = [newMark(), newMark()]
  /** How much was delivered of a last line that has no line break, bytes; 0: it has one. */
  readonly #unfinished: [number, number] = [0, 0]

  get empty(): boolean {
    return this.newest() === null
  }

  /**
   * True for a line that was not delivered before; notes it. One of which a part was delivered is left with the
   * rest: Podman puts what a container writes first to the line that it did not end before it was restarted.
   */
  accept(line: RawLine): boolean {
    if (!line.timed) return true
    const stream = line.stderr ? 1 : 0
    const skip = this.#skip[stream]
    if (skip.count > 0) {
      const order = compareStamps(line, skip)
      if (order < 0) return false
      if (order === 0) {
        skip.count -= 1
        return skip.count === 0 && this.#goesOn(line)
      }
      skip.count = 0
    }
    this.#unfinished[stream] = line.unfinished ? line.end - line.start : 0
    const last = this.#last[stream]
    if (last.seconds === line.seconds && last.nanos === line.nanos) last.count += 1
    else {
      last.seconds = line.seconds
      last.nanos = line.nanos
      last.count = 1
    }
    return true
  }

  /** Whether there is more now of the last line that was delivered. */
  #goesOn(line: RawLine): boolean {
    const stream = line.stderr ? 1 : 0
    const delivered = this.#unfinished[stream]
    const length = line.end - line.start
    if (delivered === 0 || length <= delivered) return false
    line.start += delivered
    this.#unfinished[stream] = line.unfinished ? length : 0
    return true
  }

  /** Call before reading on: from here on, lines that were delivered are recognised. */
  resume(): void {
    for (const stream of [0, 1] as const) Object.assign(this.#skip[stream], this.#last[stream])
  }

  /**
   * Whether a log that is read again from this line on holds all that came after what was delivered: it is
   * clearly older than the newest of that.
   */
  reachesBack(first: RawLine): boolean {
    const newest = this.newest()
    return newest === null || (first.timed && compareStamps(newest, first) > DISORDER_NANOS)
  }

  /** The time from which on lines have to be read again; null when nothing was read yet. */
  since(): Stamp | null {
    const newest = this.newest()
    return newest && { seconds: Math.max(0, newest.seconds - SLACK_SECONDS), nanos: newest.nanos }
  }

  newest(): Stamp | null {
    const [out, err] = this.#last
    if (out.count === 0) return err.count === 0 ? null : err
    return err.count === 0 || compareStamps(out, err) >= 0 ? out : err
  }
}

function newMark(): Mark {
  return { seconds: 0, nanos: 0, count: 0 }
}
