import type { EngineLink } from '../engines/handshake'
import { readLogFileEnd } from './logFile'
import { createLogParser } from './parser'
import type { LineSink, RawLine, Stamp } from './rawLine'
import { readLog, type LogRequest } from './readLog'

/** Takes a log's last lines. */
export interface TailReceiver {
  /** They are read from the beginning, perhaps anew. */
  begin: () => void
  onLine: LineSink
}

export interface LastLinesOptions {
  link: EngineLink
  id: string
  /** Which of the log's containers it is. */
  source: number
  /** The line that is being written is left away. */
  leaveOpenLine: boolean
  receiver: TailReceiver
}

/** Docker cuts a line into messages of this size, and counts each of them as one of the tail. */
const MESSAGE_BYTES = 16 * 1_024
/** So many more than are wanted are read of the last lines: the first one may be no whole line. */
const SPARE_LINES = 20

/** Reads lines again that were read, beginning before a second. */
export type ReadAgain = (seconds: number, onLine: LineSink, signal: AbortSignal) => Promise<void>

export interface LastLines {
  /** There may be lines before them. */
  cut: boolean
  /** Null: all lines with the same time as the last one were read. */
  readAgain: ReadAgain | null
}

/** How far what was read goes. */
interface Extent {
  /** There may be something before it. */
  cut: boolean
  lines: number
  readAgain?: ReadAgain
}

/**
 * Reads the last lines, and some more: the first of them may be the end of a line that the engine cut into
 * pieces, so it is none of those that are shown.
 *
 * @param tail how many; the receiver keeps the last of them
 * @throws Failure where there is no such container, or its log cannot be read
 */
export async function readLastLines(
  options: LastLinesOptions,
  tail: number,
  signal: AbortSignal,
): Promise<LastLines> {
  const wanted = tail + SPARE_LINES
  const { cut, lines, readAgain } = options.link.dialect.tailIsTrue
    ? await readByNumber(options, wanted, signal)
    : ((await readOfFile(options, wanted, signal)) ?? (await readByTime(options, wanted, signal)))
  if (!cut || lines > Math.min(tail, SPARE_LINES)) return { cut, readAgain: readAgain ?? null }
  // Nearly all that was asked for are pieces of a few long lines.
  await readAnew(options, { tail: 'all' }, signal)
  return { cut: false, readAgain: null }
}

/** Asks the engine for its last messages: a line is one, or several where it is long. */
async function readByNumber(
  options: LastLinesOptions,
  tail: number,
  signal: AbortSignal,
): Promise<Extent> {
  let [messages, lines] = [0, 0]
  await readAnew(options, { tail }, signal, (line) => {
    lines += 1
    messages += line.truncated ? tail : 1 + Math.floor((line.end - line.start) / MESSAGE_BYTES)
  })
  return { cut: messages >= tail, lines }
}

/** Without the engine, where its file can be read; null: it cannot. */
async function readOfFile(
  { link, id, source, leaveOpenLine, receiver }: LastLinesOptions,
  wanted: number,
  signal: AbortSignal,
): Promise<Extent | null> {
  const end = await readLogFileEnd({ link, id, lines: wanted }, signal)
  if (!end) return null
  let lines = 0
  receiver.begin()
  const parse = (onLine: LineSink) => {
    const parser = createLogParser(end.tty, source, onLine)
    return {
      push: (bytes: Uint8Array) => parser.push(bytes),
      end() {
        parser.end()
        if (!leaveOpenLine) parser.flush()
      },
    }
  }
  const parser = parse((line) => {
    lines += 1
    receiver.onLine(line)
  })
  parser.push(end.answer)
  parser.end()
  // All that the file has was read: none of it has to be read again.
  if (!end.cut) return { cut: false, lines }
  return {
    ...{ cut: true, lines },
    async readAgain(seconds, onLine, within) {
      const again = parse(onLine)
      for await (const answer of end.from(seconds, within)) again.push(answer)
      again.end()
    },
  }
}

/**
 * Where only the times of the engine's last lines can be trusted: reads all from the second on in which these
 * begin. Slower, because the engine looks for that second through the whole log.
 */
async function readByTime(
  options: LastLinesOptions,
  tail: number,
  signal: AbortSignal,
): Promise<Extent> {
  let [told, lines] = [0, 0]
  let first: Stamp | null = null
  const note = ({ seconds, nanos }: RawLine) => {
    told += 1
    first ??= { seconds, nanos }
  }
  await readOnce(options, { tail }, note, signal)
  const from = first as Stamp | null
  const cut = from !== null && told >= tail
  const since = cut ? { seconds: from.seconds - 1, nanos: 999_999_999 } : null
  await readAnew(options, { tail: 'all', since }, signal, () => (lines += 1))
  return { cut, lines }
}

/** Reads lines for the receiver, as the first ones that it gets. */
function readAnew(
  options: LastLinesOptions,
  request: Pick<LogRequest, 'tail' | 'since'>,
  signal: AbortSignal,
  onLine?: LineSink,
): Promise<void> {
  const { receiver } = options
  receiver.begin()
  const deliver = (line: RawLine) => {
    onLine?.(line)
    receiver.onLine(line)
  }
  return readOnce(options, request, deliver, signal)
}

/** Reads what is there; the line that is being written is left to the following. */
function readOnce(
  { link, id, source, leaveOpenLine }: LastLinesOptions,
  request: Pick<LogRequest, 'tail' | 'since'>,
  onLine: LineSink,
  signal: AbortSignal,
): Promise<void> {
  return readLog(
    link,
    { id, source, follow: false, ...request },
    { onLine, leaveOpenLine, room: () => null },
    signal,
  )
}
