import { FRAME_HEADER_BYTES } from '../streams/demux'

const [LINE_FEED, SPACE, DOT, FULL] = [0x0a, 0x20, 0x2e, 0x46]
/** Of a time stamp up to the seconds; what follows is the fraction, where there is one. */
export const SECONDS_BYTES = '2026-11-27T01:54:50'.length
const FRACTION_BYTES = '.123456789'.length
const STREAMS = { stdout: 1, stderr: 2 } as const

/**
 * A row of the file that conmon writes (its src/ctr_logging.c): time stamp, stream, `F` or `P`, and what was
 * written. A `P` is a piece of a line, which a later row of the same stream ends or goes on with.
 */
interface Row {
  /** Where it begins, and where its line break is. */
  start: number
  end: number
  textStart: number
  stream: keyof typeof STREAMS
  full: boolean
}

export interface LastRows {
  rows: Row[]
  /** Rows before them were left away. */
  cut: boolean
  /** Behind the last whole row, in the bytes. */
  end: number
}

/**
 * The rows of the last `lines` lines; of each stream, the first of them begins a line.
 *
 * @param bytes the end of the file; what is behind its last line break is still being written
 * @param whole they are the whole file
 * @returns null where there are fewer lines, though the file may have more
 * @throws SyntaxError where the bytes are not of such a file
 */
export function lastRows(bytes: Uint8Array, whole: boolean, lines: number): LastRows | null {
  const rows = [...rowsOf(bytes, whole ? 0 : bytes.indexOf(LINE_FEED) + 1)]
  const end = bytes.lastIndexOf(LINE_FEED) + 1
  let first = rows.length
  for (let left = lines; left > 0 && first > 0; first--) if (rows[first - 1]?.full) left -= 1
  if (first === 0) return whole ? { rows, cut: false, end } : null
  const before = rows.slice(0, first)
  // The rest of a line whose beginning was left away.
  const open = new Set(
    (['stdout', 'stderr'] as const).filter(
      (stream) => before.findLast((row) => row.stream === stream)?.full === false,
    ),
  )
  const kept = rows.slice(first).filter(({ stream, full }) => {
    if (!open.has(stream)) return true
    if (full) open.delete(stream)
    return false
  })
  return { rows: kept, cut: true, end }
}

/**
 * What the engine answers for such rows when it is asked for the log with time stamps.
 *
 * @param tty one raw stream, no frames
 * @param wholeSeconds the engine tells no more of the time
 */
export function answerOf(
  bytes: Uint8Array,
  rows: readonly Row[],
  { tty, wholeSeconds }: { tty: boolean; wholeSeconds: boolean },
): Uint8Array {
  return Buffer.concat(
    rows.flatMap(({ start, end, textStart, stream, full }) => {
      const stampEnd = bytes.indexOf(SPACE, start)
      const fraction = start + SECONDS_BYTES
      const stamp =
        wholeSeconds && bytes[fraction] === DOT
          ? [
              bytes.subarray(start, fraction),
              bytes.subarray(fraction + FRACTION_BYTES, stampEnd + 1),
            ]
          : [bytes.subarray(start, stampEnd + 1)]
      const payload = [...stamp, bytes.subarray(textStart, end), ...(full ? [LINE_BREAK] : [])]
      return tty ? payload : [frameHead(stream, payload), ...payload]
    }),
  )
}

const LINE_BREAK = Buffer.from('\n')

function frameHead(stream: keyof typeof STREAMS, payload: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(FRAME_HEADER_BYTES)
  head[0] = STREAMS[stream]
  head.writeUInt32BE(
    payload.reduce((sum, { length }) => sum + length, 0),
    4,
  )
  return head
}

/** Rows from a place on; what is behind the last line break is none. */
export function* rowsOf(bytes: Uint8Array, from: number): Generator<Row, void, undefined> {
  for (let at = from; ;) {
    const end = bytes.indexOf(LINE_FEED, at)
    if (end === -1) return
    if (end > at) yield rowOf(bytes, at, end)
    at = end + 1
  }
}

/** When the first row behind the first line break was written, seconds since 1970; NaN where there is none. */
export function firstSecond(bytes: Uint8Array): number {
  const start = bytes.indexOf(LINE_FEED) + 1
  const end = start === 0 ? -1 : bytes.indexOf(SPACE, start)
  return end === -1 ? NaN : Math.floor(Date.parse(textOf(bytes, start, end)) / 1_000)
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
}

function rowOf(bytes: Uint8Array, start: number, end: number): Row {
  const stampEnd = bytes.indexOf(SPACE, start)
  const streamEnd = bytes.indexOf(SPACE, stampEnd + 1)
  const tagEnd = bytes.indexOf(SPACE, streamEnd + 1)
  const stream = textOf(bytes, stampEnd + 1, Math.max(streamEnd, stampEnd + 1))
  const isRow = stampEnd !== -1 && stampEnd < streamEnd && streamEnd < tagEnd && tagEnd < end
  if (!isRow || (stream !== 'stdout' && stream !== 'stderr')) {
    throw new SyntaxError('This is no row of a log of conmon.')
  }
  return { start, end, textStart: tagEnd + 1, stream, full: bytes[streamEnd + 1] === FULL }
}
