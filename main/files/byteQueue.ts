import { abortReason } from '../deadline'

interface Piece {
  bytes: Buffer
  taken: () => void
  refused: (error: unknown) => void
}

/** Bytes from one who gives them piece by piece, to one who takes as many as are wanted: nothing piles up. */
export class ByteQueue {
  #piece: Piece | null = null
  #rest: Buffer = Buffer.alloc(0)
  #arrived: (() => void) | null = null
  #end: Error | null = null

  /** Resolves when all of it is taken; rejects when nobody takes any more. */
  give(bytes: Buffer): Promise<void> {
    if (this.#end) return Promise.reject(this.#end)
    if (this.#piece) return Promise.reject(new Error('The piece before is not taken yet.'))
    return new Promise((taken, refused) => {
      this.#piece = { bytes, taken, refused }
      this.#arrived?.()
    })
  }

  /** The next bytes, at least one and at most `most`. */
  async take(most: number, signal: AbortSignal): Promise<Buffer> {
    while (this.#rest.length === 0) {
      if (!this.#piece) await this.#arrival(signal)
      const piece = this.#piece
      if (!piece) continue
      this.#piece = null
      this.#rest = piece.bytes
      piece.taken()
    }
    const bytes = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(most)
    return bytes
  }

  /** Whoever still gives is told why. */
  close(reason: Error): void {
    this.#end = reason
    this.#piece?.refused(reason)
    this.#piece = null
  }

  #arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        this.#arrived = null
        signal.removeEventListener('abort', done)
        if (signal.aborted) reject(abortReason(signal))
        else resolve()
      }
      this.#arrived = done
      signal.addEventListener('abort', done, { once: true })
      if (signal.aborted) done()
    })
  }
}
