/** One line of text, without its line break. */
export interface Line {
  text: string
  /** The line was longer than the limit; `text` is its beginning and the rest was dropped. */
  truncated: boolean
}

/**
 * Takes one line's bytes, `start` to before `end`, without its line break; they are valid until it returns.
 * `truncated`: the line was longer than the limit, and this is its beginning.
 */
export type LineBytesListener = (
  bytes: Uint8Array,
  start: number,
  end: number,
  truncated: boolean,
) => void

export interface LineSplitter {
  /** Takes bytes cut anywhere, also in the middle of a character. */
  push(chunk: Uint8Array): void
  /** Delivers a last line that has no line break, and forgets it. */
  flush(): void
}

const DEFAULT_MAX_LINE_BYTES = 64 * 1024
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

export interface LineSplitterOptions {
  onLine: (line: Line) => void
  /** The most bytes kept of one line. */
  maxLineBytes?: number
}

/** Splits bytes into lines of text, as `createByteLineSplitter`; bytes that are no UTF-8 become U+FFFD. */
export function createLineSplitter({ onLine, maxLineBytes }: LineSplitterOptions): LineSplitter {
  return createByteLineSplitter({
    onLine: (bytes, start, end, truncated) =>
      onLine({ text: decode(bytes, start, end), truncated }),
    ...(maxLineBytes !== undefined && { maxLineBytes }),
  })
}

/**
 * Splits bytes into lines at LF or CRLF. A line over `maxLineBytes` is delivered at once, marked
 * `truncated`, and skipped until its line break; so memory never exceeds one chunk and one line.
 */
export function createByteLineSplitter({
  onLine,
  maxLineBytes = DEFAULT_MAX_LINE_BYTES,
}: {
  onLine: LineBytesListener
  maxLineBytes?: number
}): LineSplitter {
  const pending = createPendingLine(maxLineBytes)
  let skipping = false

  function deliver(bytes: Uint8Array, start: number, end: number): void {
    const content = withoutReturn(bytes, start, end)
    if (content - start <= maxLineBytes) onLine(bytes, start, content, false)
    else onLine(bytes, start, characterBoundary(bytes, start, start + maxLineBytes), true)
  }

  function finishLine(chunk: Uint8Array, start: number, end: number): void {
    if (skipping) {
      skipping = false
      return
    }
    if (pending.length === 0) {
      deliver(chunk, start, end)
      return
    }
    pending.append(chunk.subarray(start, end))
    deliver(pending.bytes(), 0, pending.length)
    pending.clear()
  }

  function keepBeginning(beginning: Uint8Array): void {
    if (skipping || beginning.length === 0) return
    pending.append(beginning)
    // A CR at the end may belong to a CRLF.
    if (withoutReturn(pending.bytes(), 0, pending.length) > maxLineBytes) {
      deliver(pending.bytes(), 0, pending.length)
      pending.clear()
      skipping = true
    }
  }

  return {
    push(chunk) {
      let start = 0
      for (;;) {
        const end = chunk.indexOf(LINE_FEED, start)
        if (end === -1) break
        finishLine(chunk, start, end)
        start = end + 1
      }
      if (start < chunk.length) keepBeginning(chunk.subarray(start))
    },
    flush() {
      if (pending.length > 0) deliver(pending.bytes(), 0, pending.length)
      pending.clear()
      skipping = false
    },
  }
}

/** Where a line's content ends: before a CR at its end. */
function withoutReturn(bytes: Uint8Array, start: number, end: number): number {
  return end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end
}

/** The last index after `start` and at or before `index` (three bytes back at most) where a UTF-8 character begins. */
export function characterBoundary(bytes: Uint8Array, start: number, index: number): number {
  for (let at = index; at > index - 4 && at > start; at--) {
    if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return at
  }
  return index
}

function decode(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
}

/** The bytes so far of a line whose end has not come: a growing buffer, at most the limit and a CR and one more. */
function createPendingLine(maxLineBytes: number) {
  const capacity = maxLineBytes + 2
  let buffer = new Uint8Array(Math.min(capacity, 1024))
  let length = 0
  return {
    get length() {
      return length
    },
    /** Adds bytes; what goes past the limit is dropped, and shows as a line that is too long. */
    append(bytes: Uint8Array): void {
      const kept = bytes.subarray(0, capacity - length)
      if (length + kept.length > buffer.length) {
        const grown = new Uint8Array(
          Math.min(capacity, Math.max(buffer.length * 2, length + kept.length)),
        )
        grown.set(buffer.subarray(0, length))
        buffer = grown
      }
      buffer.set(kept, length)
      length += kept.length
    },
    bytes: () => buffer.subarray(0, length),
    clear(): void {
      length = 0
    },
  }
}
