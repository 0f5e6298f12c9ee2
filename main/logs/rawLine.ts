/**
 * A line on its way from the engine to the spool, as bytes. One object is filled again for each line, so
 * whoever keeps a line copies it.
 */
export interface RawLine {
  /** Which of the containers it is of. */
  source: number
  stderr: boolean
  /** Longer than 64 KiB, and cut. */
  truncated: boolean
  /** It has no line break: more of it may be written. */
  unfinished: boolean
  /** The reading was interrupted right before it. */
  resumed: boolean
  /** False where the engine gave no time stamp; the time is then that of the line before. */
  timed: boolean
  /** Whole seconds since 1970 UTC. */
  seconds: number
  /** The rest of it, 0 to 999,999,999. */
  nanos: number
  /** The text is from `start` to before `end`. */
  bytes: Uint8Array
  start: number
  end: number
}

export type LineSink = (line: RawLine) => void

export function newRawLine(source: number): RawLine {
  return {
    ...{ source, stderr: false, truncated: false, unfinished: false, resumed: false },
    ...{ timed: false, seconds: 0, nanos: 0 },
    ...{ bytes: new Uint8Array(0), start: 0, end: 0 },
  }
}

/** A moment of the engine's clock. */
export interface Stamp {
  seconds: number
  nanos: number
}

/** Negative: the left one is earlier. Nanoseconds, exact for stamps that are near each other. */
export function compareStamps(left: Stamp, right: Stamp): number {
  return (left.seconds - right.seconds) * 1e9 + (left.nanos - right.nanos)
}

/** A line with bytes of its own, to be kept. */
export function copyLine(line: RawLine): RawLine {
  return {
    ...line,
    bytes: line.bytes.slice(line.start, line.end),
    start: 0,
    end: line.end - line.start,
  }
}
