import { createDemuxer, createRawStream, type Demuxer } from '../streams/demux'
import { characterBoundary, createByteLineSplitter } from '../streams/lines'
import { newRawLine, type LineSink } from './rawLine'
import { createStampReader, MAX_STAMP_BYTES } from './stamp'

/** The most of a line's text that is kept; the rest of it is dropped. */
const MAX_TEXT_BYTES = 64 * 1_024

export interface LogParser extends Demuxer {
  /** Delivers last lines that have no line break. */
  flush(): void
}

/**
 * Bytes of a log answer with time stamps in, lines out.
 *
 * @param tty one raw stream, no frames
 * @param source which of the containers it is
 */
export function createLogParser(tty: boolean, source: number, onLine: LineSink): LogParser {
  const stdout = createLines(false, source, onLine)
  const stderr = createLines(true, source, onLine)
  const demuxer = tty
    ? createRawStream((payload) => stdout.push(payload, false))
    : createDemuxer({
        onPayload: (payload, stream, begins) =>
          (stream === 'stdout' || stream === 'stdin' ? stdout : stderr).push(payload, begins),
      })
  return {
    push: (chunk) => demuxer.push(chunk),
    end: () => demuxer.end(),
    flush() {
      stdout.flush()
      stderr.flush()
    },
  }
}

function createLines(stderr: boolean, source: number, onLine: LineSink) {
  const line = newRawLine(source)
  line.stderr = stderr
  const readStamp = createStampReader()
  let ending = false
  const splitter = createByteLineSplitter({
    maxLineBytes: MAX_TEXT_BYTES + MAX_STAMP_BYTES,
    onLine(bytes, start, end, truncated) {
      line.bytes = bytes
      line.start = start
      line.end = end
      line.truncated = truncated
      line.unfinished = ending
      line.resumed = false
      readStamp(line)
      if (line.end - line.start > MAX_TEXT_BYTES) {
        line.end = characterBoundary(bytes, line.start, line.start + MAX_TEXT_BYTES)
        line.truncated = true
      }
      onLine(line)
    },
  })
  const pieces = createPieceJoiner((bytes) => splitter.push(bytes))
  return {
    push: (bytes: Uint8Array, begins: boolean) => pieces.push(bytes, begins),
    flush() {
      ending = true
      pieces.end()
      splitter.flush()
      ending = false
    },
  }
}

const LINE_FEED = 0x0a
const SPACE = 0x20

/**
 * Engines cut a long line into several messages (Docker at 16 KiB, conmon at 8 KiB), each with a time stamp
 * at its beginning; only the last one ends with a line break (moby daemon/logger/copier.go). This takes those
 * stamps out of the middle of lines: where a frame goes on with a line, and begins with a stamp as the line
 * did, of the same length, be it a later one.
 */
export function createPieceJoiner(onBytes: (bytes: Uint8Array) => void) {
  /** The beginning of the line that is not over, as long as a stamp may be. */
  const head = new Uint8Array(MAX_STAMP_BYTES)
  let headLength = 0
  let lineIsOpen = false
  /** What may be a stamp so far; null: none is looked for. */
  let stamp: number[] | null = null

  /** Where the stamp with its space ends; 0: the line has none. */
  const stampLength = () => head.subarray(0, headLength).indexOf(SPACE) + 1

  function pass(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    if (bytes[bytes.length - 1] === LINE_FEED) {
      headLength = 0
      lineIsOpen = false
      onBytes(bytes)
      return
    }
    const lastBreak = bytes.lastIndexOf(LINE_FEED)
    if (lastBreak !== -1) headLength = 0
    const added = bytes.subarray(lastBreak + 1, lastBreak + 1 + MAX_STAMP_BYTES - headLength)
    head.set(added, headLength)
    headLength += added.length
    lineIsOpen = true
    onBytes(bytes)
  }

  /** What looked like a stamp and was none. */
  function giveBack(): void {
    const mistaken = stamp
    stamp = null
    if (mistaken) pass(Uint8Array.from(mistaken))
  }

  return {
    push(bytes: Uint8Array, begins: boolean): void {
      if (begins) {
        giveBack()
        stamp = lineIsOpen && stampLength() > 0 ? [] : null
      }
      if (stamp === null) {
        pass(bytes)
        return
      }
      const length = stampLength()
      let at = 0
      while (stamp.length < length && at < bytes.length) {
        const byte = bytes[at] ?? 0
        if (!isAlike(byte, head[stamp.length] ?? 0)) break
        stamp.push(byte)
        at += 1
      }
      if (stamp.length < length && at === bytes.length) return
      if (stamp.length < length) giveBack()
      stamp = null
      pass(bytes.subarray(at))
    },
    end: () => giveBack(),
  }
}

/** The same byte, or another digit. */
function isAlike(byte: number, other: number): boolean {
  return byte === other || (isDigit(byte) && isDigit(other))
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}
