import { writeFile } from 'node:fs/promises'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Failure, toFailure } from '../errors'
import type { JobContext } from '../jobs/jobs'
import { followBytes } from './byteProgress'
import { asFileFailure } from './fileFailure'
import { openTarget } from './target'

/** A tar ends with two blocks of zeros (POSIX pax, "ustar Interchange Format"). */
const BLOCK_BYTES = 512
const END_BYTES = 2 * BLOCK_BYTES

export interface WrittenTar {
  file: string
  overwrite: boolean
  /** About: what the engine keeps is not what it sends. Null: not known. */
  estimatedBytes: number | null
  /** Opens what is written. */
  open(): Promise<Readable>
}

/**
 * Writes a tar that an engine sends: to the end or not at all. Compressed where the file is called so.
 *
 * @returns the bytes of the file
 * @throws Failure for a file that cannot be written, or where the engine broke off
 */
export async function writeTar(tar: WrittenTar, context: JobContext): Promise<number> {
  const target = await openTarget(tar.file, tar.overwrite)
  const progress = followBytes(context, tar.estimatedBytes)
  /** A pipeline whose end fails says only that it was aborted. */
  let fault: unknown = null
  try {
    // Told as the engine's own failure here: below, a missing file is the person's.
    const body = await tar.open().catch((error: unknown) => {
      throw toFailure(error)
    })
    const ending = new Ending(progress.add)
    const write = (chunks: AsyncIterable<Buffer>) =>
      writeFile(target.handle, chunks).catch((error: unknown) => {
        fault = error
        throw error
      })
    const { signal } = context
    if (isCompressed(tar.file)) await pipeline(body, ending, createGzip(), write, { signal })
    else await pipeline(body, ending, write, { signal })
    ending.check()
    const { size } = await target.handle.stat()
    await target.keep()
    return size
  } catch (error) {
    throw context.signal.aborted ? error : asFileFailure(fault ?? error, tar.file)
  } finally {
    await target.discard()
    progress.end()
  }
}

function isCompressed(file: string): boolean {
  return /\.(?:tar\.gz|tgz)$/i.test(file)
}

/** Counts what passes, and knows whether it ended as a tar does. */
class Ending extends Transform {
  readonly #count: (bytes: number) => void
  #end: Buffer = Buffer.alloc(0)
  #bytes = 0

  constructor(count: (bytes: number) => void) {
    super()
    this.#count = count
  }

  override _transform(chunk: Buffer, _encoding: string, done: (e: null, chunk: Buffer) => void) {
    this.#bytes += chunk.length
    this.#count(chunk.length)
    this.#end =
      chunk.length >= END_BYTES
        ? Buffer.from(chunk.subarray(-END_BYTES))
        : Buffer.concat([this.#end, chunk]).subarray(-END_BYTES)
    done(null, chunk)
  }

  /** An engine that fails midway says so behind what it has sent by then, with the status 200. */
  check(): void {
    const whole = this.#bytes % BLOCK_BYTES === 0 && this.#bytes >= END_BYTES
    if (whole && this.#end.every((byte) => byte === 0)) return
    const words = /\{"(?:error|message|cause)[^]*$/.exec(this.#end.toString('utf8'))?.[0]
    throw new Failure('engine-error', 'The engine broke off before the archive was whole.', {
      ...(words !== undefined && { engineMessage: words.trim() }),
      hint: 'Nothing was kept of it. Try again.',
    })
  }
}
