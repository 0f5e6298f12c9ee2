export interface LogTailOptions {
  maxLines?: number
  /** The most characters kept of one line. */
  maxLineLength?: number
}

/** The last lines of a text that arrives in pieces: bounded, whatever is fed to it. */
export interface LogTail {
  /** Adds text that may hold a part of a line or many lines. Returns the lines that it completed. */
  addText(text: string): string[]
  /** Adds one whole line; text before it that had no line break yet becomes a line of its own. */
  addLine(line: string): void
  /** Ends a line that has no line break, and returns it if there is one. */
  endText(): string[]
  /** The lines, oldest first, an incomplete one last. */
  lines(): string[]
}

export function createLogTail({
  maxLines = 200,
  maxLineLength = 2_000,
}: LogTailOptions = {}): LogTail {
  let complete: string[] = []
  let partial = ''

  function keep(line: string): void {
    complete.push(line.slice(0, maxLineLength))
    // Cut in bulk, so that adding a line stays cheap.
    if (complete.length >= maxLines * 2) complete = complete.slice(-maxLines)
  }

  function endText(): string[] {
    if (partial === '') return []
    const line = partial
    partial = ''
    keep(line)
    return [line]
  }

  return {
    addText(text) {
      const pieces = (partial + text).split(/\r?\n/)
      partial = (pieces.pop() ?? '').slice(0, maxLineLength)
      for (const line of pieces) keep(line)
      return pieces
    },
    addLine(line) {
      endText()
      keep(line)
    },
    endText,
    lines() {
      const all = partial === '' ? complete : [...complete, partial]
      return all.slice(-maxLines)
    },
  }
}
