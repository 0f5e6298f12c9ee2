import { addAbortSignal, type Readable } from 'node:stream'
import { createLineSplitter, type Line } from './lines'

export interface JsonLinesOptions {
  /** Ends the iteration: the body is destroyed and the loop throws the signal's reason. */
  signal?: AbortSignal
  /**
   * Told of every line that is no JSON, or is too long to be kept; the iteration goes on.
   *
   * @param beginning - the first characters of the line
   * @param count - how many there were so far, this one included
   */
  onMalformed?: (beginning: string, count: number) => void
  /** The most bytes of one line. */
  maxLineBytes?: number
}

const DEFAULT_MAX_LINE_BYTES = 4 * 1024 * 1024
const REPORTED_CHARACTERS = 200

/**
 * Yields the JSON values of an engine's streaming answer (events, stats, pull, push, build), one a
 * line: Docker ends progress lines with CRLF, Podman with LF, and a single answer may have no line
 * break at all. The body is read only as fast as the loop takes values, and breaking out of the loop
 * destroys it.
 *
 * @param body - a byte stream, such as dockerode's answer
 * @throws the signal's reason when aborted; the body's own error, or `ERR_STREAM_PREMATURE_CLOSE`,
 *   when it was cut off. What was complete by then has been yielded.
 */
export async function* jsonLines(
  body: Readable,
  { signal, onMalformed, maxLineBytes = DEFAULT_MAX_LINE_BYTES }: JsonLinesOptions = {},
): AsyncGenerator<unknown, void, void> {
  let malformed = 0
  let parsed: unknown[] = []

  function parse({ text, truncated }: Line): void {
    if (text.trim() === '') return
    const value = truncated ? undefined : parseJson(text)
    if (value !== undefined) {
      parsed.push(value)
    } else {
      malformed += 1
      onMalformed?.(text.slice(0, REPORTED_CHARACTERS), malformed)
    }
  }

  const lines = createLineSplitter({ onLine: parse, maxLineBytes })
  function* takeParsed(): Generator<unknown, void, void> {
    const values = parsed
    parsed = []
    yield* values
  }

  if (signal) addAbortSignal(signal, body)
  try {
    for await (const chunk of body as AsyncIterable<unknown>) {
      lines.push(bytesOf(chunk))
      yield* takeParsed()
    }
    lines.flush()
    yield* takeParsed()
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}

/** The value, or undefined, which JSON cannot express, when the text is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function bytesOf(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk
  throw new TypeError('jsonLines reads bytes: the stream must not have an encoding set')
}
