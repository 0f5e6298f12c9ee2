import { say } from '../../preload/contract/say'
import { Failure } from '../errors'

/** A tar ends with two blocks of zeros (POSIX pax, "ustar Interchange Format"). */
const BLOCK_BYTES = 512
const END_BYTES = 2 * BLOCK_BYTES

/** Counts the bytes of a tar that an engine sends, and knows whether it ended as a tar does. */
export class TarEnding {
  readonly #count: (bytes: number) => void
  #end: Buffer = Buffer.alloc(0)
  #bytes = 0

  constructor(count: (bytes: number) => void) {
    this.#count = count
  }

  /** The tar as it passes. */
  async *watch(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of chunks) {
      this.#bytes += chunk.length
      this.#count(chunk.length)
      this.#end =
        chunk.length >= END_BYTES
          ? Buffer.from(chunk.subarray(-END_BYTES))
          : Buffer.concat([this.#end, chunk]).subarray(-END_BYTES)
      yield chunk
    }
  }

  /** The tar as it passes; breaks off where it ends and is not whole. */
  async *checked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
    yield* this.watch(chunks)
    this.check()
  }

  /**
   * An engine that fails midway says so behind what it has sent by then, with the status 200.
   *
   * @throws Failure (`engine-error`) with the engine's words
   */
  check(): void {
    const whole = this.#bytes % BLOCK_BYTES === 0 && this.#bytes >= END_BYTES
    if (whole && this.#end.every((byte) => byte === 0)) return
    const words = /\{"(?:error|message|cause)[^]*$/.exec(this.#end.toString('utf8'))?.[0]
    throw new Failure('engine-error', say`The engine broke off before the archive was whole.`, {
      ...(words !== undefined && { engineMessage: words.trim() }),
      hint: say`Nothing was kept of it. Try again.`,
    })
  }
}
