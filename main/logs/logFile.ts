import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { withDeadline } from '../deadline'
import type { EngineLink } from '../engines/handshake'
import { FRAME_HEADER_BYTES } from '../streams/demux'
import { answerOf, firstSecond, lastRows, rowsOf, SECONDS_BYTES } from './conmonLog'
import { openLog } from './readLog'

/** So much of the file's end is read, one after the other, until enough lines are in it. */
const END_BYTES = [256 * 1_024, 2 * 1_024 * 1_024, 16 * 1_024 * 1_024]
const PIECE_BYTES = 1_024 * 1_024
/** In so much of it a row begins: conmon's are of some 8 KiB at most. */
const PROBE_BYTES = 64 * 1_024
/** How long the disk may take to open the file and give its end, milliseconds. */
const FILE_MILLIS = 2_000
const [DOT, LINE_FEED] = [0x2e, 0x0a]

/** A log's last lines as the engine would answer them. */
export interface LogFileEnd {
  answer: Uint8Array
  tty: boolean
  /** There are rows before them. */
  cut: boolean
  /**
   * The same from a second on, or a little before it, to where the answer ends. Ends early where the file is
   * not there any more.
   */
  from: (seconds: number, signal: AbortSignal) => AsyncGenerator<Uint8Array, void, undefined>
}

interface LogFile {
  path: string
  tty: boolean
  /** The engine's time stamps have no fraction, as Podman's before 5.8 (podman #27691); the file's have one. */
  wholeSeconds: boolean
}

/**
 * Reads a log's last lines out of the file in which the engine keeps them, where it lies on this machine
 * and conmon writes it: for engines that do not tell the last lines as they were written.
 *
 * @returns null where it cannot be read here: the engine has to be asked
 */
export async function readLogFileEnd(
  { link, id, lines }: { link: EngineLink; id: string; lines: number },
  signal: AbortSignal,
): Promise<LogFileEnd | null> {
  if (!link.facts.sharesKernel) return null
  const request = { id, tail: 1, follow: false }
  const { body, tty, path } = await openLog(link, request, true, signal)
  const wholeSeconds = await tellsWholeSeconds(body, tty)
  if (wholeSeconds === null || !path.includes(id)) return null
  try {
    return await withDeadline(
      FILE_MILLIS,
      () => withFile(path, (file) => readEnd(file, { path, tty, wholeSeconds }, lines)),
      signal,
    )
  } catch (error) {
    signal.throwIfAborted()
    if (isUnreadable(error)) return null
    throw error
  }
}

async function readEnd(file: FileHandle, log: LogFile, lines: number): Promise<LogFileEnd | null> {
  const status = await file.stat()
  if (!status.isFile()) return null
  for (const most of END_BYTES) {
    const start = Math.max(0, status.size - most)
    const bytes = await readPiece(file, start, status.size)
    const last = lastRows(bytes, start === 0, lines)
    if (!last) continue
    const end = start + last.end
    return {
      answer: answerOf(bytes, last.rows, log),
      tty: log.tty,
      cut: last.cut,
      from: (seconds, signal) => readFrom(log, { inode: status.ino, end, seconds }, signal),
    }
  }
  return null
}

async function* readFrom(
  log: LogFile,
  { inode, end, seconds }: { inode: number; end: number; seconds: number },
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await openFile(log.path).catch(() => null)
  if (!file) return
  try {
    const { ino, size } = await file.stat()
    if (ino !== inode || size < end) return
    let at = Math.max(0, end - PIECE_BYTES)
    while (at > 0 && !(firstSecond(await readPiece(file, at, at + PROBE_BYTES)) < seconds)) {
      signal.throwIfAborted()
      at = Math.max(0, at - PIECE_BYTES)
    }
    // What stands before a line break is the rest of a row.
    let begin = at === 0 ? 0 : -1
    while (at < end) {
      signal.throwIfAborted()
      const bytes = await readPiece(file, at, Math.min(end, at + PIECE_BYTES))
      if (begin === -1) begin = bytes.indexOf(LINE_FEED) + 1
      yield answerOf(bytes, [...rowsOf(bytes, begin)], log)
      const whole = bytes.lastIndexOf(LINE_FEED) + 1
      if (whole === 0) return
      at += whole
      begin = 0
    }
  } finally {
    await file.close()
  }
}

async function withFile<Result>(
  path: string,
  use: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const file = await openFile(path)
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

function openFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
}

/** The bytes from `start` to before `end`, or less where the file has become shorter. */
async function readPiece(file: FileHandle, start: number, end: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(end - start)
  const { bytesRead } = await file.read(buffer, 0, buffer.length, start)
  return buffer.subarray(0, bytesRead)
}

/** It is not ours to read, there is none, or it is something else. */
function isUnreadable(error: unknown): boolean {
  if (error instanceof SyntaxError) return true
  return error instanceof Error && ('code' in error || error.name === 'TimeoutError')
}

/** As the engine's last line says; null: there is no line. */
async function tellsWholeSeconds(body: Readable, tty: boolean): Promise<boolean | null> {
  const place = (tty ? 0 : FRAME_HEADER_BYTES) + SECONDS_BYTES
  let answer = Buffer.alloc(0)
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      answer = Buffer.concat([answer, chunk])
      if (answer.length > place) return answer[place] !== DOT
    }
    return null
  } finally {
    body.destroy()
  }
}
