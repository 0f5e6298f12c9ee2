import type { Readable } from 'node:stream'
import { say } from '../../preload/contract/say'
import type { Descriptor } from '../registries/protocol/descriptor'
import { RegistryFailure } from '../registries/protocol/failures'
import type { Place } from './place'

/** Reads a blob in order, chunk by chunk, over as many connections as that takes. */
export class BlobReader {
  readonly #from: Place
  readonly #blob: Descriptor
  readonly #signal: AbortSignal
  #stream: Readable | null = null
  #chunks: AsyncIterator<Uint8Array> | null = null
  /** Read and not yet given out. */
  #held: Uint8Array[] = []
  #heldBytes = 0
  #givenBytes = 0

  constructor(from: Place, blob: Descriptor, signal: AbortSignal) {
    this.#from = from
    this.#blob = blob
    this.#signal = signal
  }

  /**
   * The next `bytes` bytes, fewer at the blob's end, none after it. When it rejects nothing is lost:
   * calling it again goes on where the connection broke.
   */
  async next(bytes: number): Promise<Buffer> {
    const wanted = Math.min(bytes, this.#blob.size - this.#givenBytes)
    while (this.#heldBytes < wanted) await this.#receive()
    const all = Buffer.concat(this.#held)
    const [given, kept] = [all.subarray(0, wanted), all.subarray(wanted)]
    this.#held = [kept]
    this.#heldBytes = kept.length
    this.#givenBytes += wanted
    return given
  }

  /** Ends the connection. */
  close(): void {
    this.#stream?.destroy()
    this.#stream = null
    this.#chunks = null
  }

  async #receive(): Promise<void> {
    try {
      this.#chunks ??= await this.#open()
      const read = await this.#chunks.next()
      if (read.done === true) {
        throw cutOff(this.#from, this.#blob)
      }
      this.#held.push(read.value)
      this.#heldBytes += read.value.length
    } catch (error) {
      this.close()
      throw error
    }
  }

  async #open(): Promise<AsyncIterator<Uint8Array>> {
    const offsetBytes = this.#givenBytes + this.#heldBytes
    const { api, repository } = this.#from
    const { stream, sizeBytes } = await api.blob(repository, this.#blob.digest, {
      offsetBytes,
      signal: this.#signal,
    })
    this.#stream = stream
    if (sizeBytes !== null && sizeBytes !== this.#blob.size) throw cutOff(this.#from, this.#blob)
    return stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  }
}

/** Proxies on the way do it, and the next time all is there. */
function cutOff({ api }: Place, blob: Descriptor): RegistryFailure {
  return new RegistryFailure(
    {
      code: 'engine-error',
      message: say`${api.host} gave only a part of a layer.`,
      hint: say`Nothing was kept of it. Try again, and tell its administrator if this goes on.`,
    },
    {
      engineMessage: blob.digest,
      retry: { isRetryable: true, retryAfterMillis: null },
    },
  )
}
