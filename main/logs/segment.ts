import { open, rm, type FileHandle } from 'node:fs/promises'
import { LineBlock } from './block'

/** A file with some of a spool's blocks, one after the other. The oldest files are what gives way. */
export class Segment {
  bytes = 0
  readonly #file: string
  readonly #opened: Promise<FileHandle>

  constructor(file: string) {
    this.#file = file
    this.#opened = open(file, 'wx+', 0o600)
    // Whoever writes first hears of it.
    this.#opened.catch(() => undefined)
  }

  /** Writes a block behind the others; the caller writes one at a time. */
  async write(block: LineBlock, offset: number): Promise<void> {
    const handle = await this.#opened
    let position = offset
    let parts = block.parts()
    while (parts.length > 0) {
      const { bytesWritten } = await handle.writev(parts, position)
      position += bytesWritten
      parts = without(parts, bytesWritten)
    }
  }

  /** @param buffer with room for the block, beginning at a multiple of four */
  async read(offset: number, bytes: number, lines: number, buffer: Buffer): Promise<LineBlock> {
    const handle = await this.#opened
    let read = 0
    while (read < bytes) {
      const { bytesRead } = await handle.read(buffer, read, bytes - read, offset + read)
      if (bytesRead === 0) throw new Error('The lines of a log are not in their file any more.')
      read += bytesRead
    }
    return LineBlock.from(buffer.subarray(0, bytes), lines)
  }

  async remove(): Promise<void> {
    const handle = await this.#opened.catch(() => null)
    await handle?.close()
    await rm(this.#file, { force: true })
  }
}

/** What is left of `parts` after their first `bytes`. */
function without(parts: Uint8Array[], bytes: number): Uint8Array[] {
  let left = bytes
  const rest: Uint8Array[] = []
  for (const part of parts) {
    const gone = Math.min(left, part.length)
    left -= gone
    if (gone < part.length) rest.push(part.subarray(gone))
  }
  return rest
}
