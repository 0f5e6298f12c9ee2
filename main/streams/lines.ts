/** One line of text, without its line break. */
export interface Line {
  text: string
  /** The line was longer than the limit; `text` is its beginning and the rest was dropped. */
  truncated: boolean
}

export interface LineSplitterOptions {
  onLine: (line: Line) => void
  /** The most bytes kept of one line. */
  maxLineBytes?: number
}

export interface LineSplitter {
  /** Takes bytes cut anywhere, also in the middle of a character. */
  push(chunk: Uint8Array): void
  /** Delivers a last line that has no line break, and forgets it. */
  flush(): void
}

const DEFAULT_MAX_LINE_BYTES = 64 * 1024
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/**
 * Splits bytes into lines at LF or CRLF. Bytes that are no UTF-8 become U+FFFD. A line over
 * `maxLineBytes` is delivered at once, marked `truncated`, and skipped until its line break; so
 * memory never exceeds one chunk and one line.
 */
export function createLineSplitter({
  onLine,
  maxLineBytes = DEFAULT_MAX_LINE_BYTES,
}: LineSplitterOptions): LineSplitter {
  const pending = createPendingLine(maxLineBytes)
  let skipping = false

  function finishLine(end: Uint8Array): void {
    if (skipping) {
      skipping = false
      return
    }
    if (pending.length === 0) {
      onLine(toLine(end, maxLineBytes))
      return
    }
    pending.append(end)
    onLine(toLine(pending.bytes(), maxLineBytes))
    pending.clear()
  }

  function keepBeginning(beginning: Uint8Array): void {
    if (skipping || beginning.length === 0) return
    pending.append(beginning)
    if (exceeds(pending.bytes(), maxLineBytes)) {
      onLine(toLine(pending.bytes(), maxLineBytes))
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
        finishLine(chunk.subarray(start, end))
        start = end + 1
      }
      keepBeginning(chunk.subarray(start))
    },
    flush() {
      if (pending.length > 0) onLine(toLine(pending.bytes(), maxLineBytes))
      pending.clear()
      skipping = false
    },
  }
}

/** Whether these first bytes of a line are already too many; a CR at the end may belong to a CRLF. */
function exceeds(bytes: Uint8Array, maxLineBytes: number): boolean {
  return contentLength(bytes) > maxLineBytes
}

function contentLength(bytes: Uint8Array): number {
  return bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length
}

function toLine(bytes: Uint8Array, maxLineBytes: number): Line {
  const length = contentLength(bytes)
  if (length <= maxLineBytes) return { text: decode(bytes, length), truncated: false }
  return { text: decode(bytes, characterBoundary(bytes, maxLineBytes)), truncated: true }
}

/** The last index at or before `index` (three bytes back at most) where a UTF-8 character begins. */
function characterBoundary(bytes: Uint8Array, index: number): number {
  for (let at = index; at > index - 4 && at > 0; at--) {
    if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return at
  }
  return index
}

function decode(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('utf8')
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
