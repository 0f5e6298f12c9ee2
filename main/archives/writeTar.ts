import { writeFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { toFailure } from '../errors'
import type { JobContext } from '../jobs/jobs'
import { TarEnding } from './tarEnding'
import { writeWhole, type WholeFile } from './writeWhole'

export interface WrittenTar extends WholeFile {
  /** Opens what is written. */
  open(): Promise<Readable>
}

/**
 * Writes a tar that an engine sends: to the end or not at all. Compressed where the file is called so.
 *
 * @returns the bytes of the file
 * @throws Failure for a file that cannot be written, or where the engine broke off
 */
export function writeTar(tar: WrittenTar, context: JobContext): Promise<number> {
  return writeWhole(tar, context, async (handle, count) => {
    // Told as the engine's own failure here: further out, a missing file is the person's.
    const body = await tar.open().catch((error: unknown) => {
      throw toFailure(error)
    })
    const ending = new TarEnding(count)
    /** A pipeline whose end fails says only that it was aborted. */
    let fault: unknown = null
    const watched = (chunks: AsyncIterable<Buffer>) => ending.watch(chunks)
    const write = (chunks: AsyncIterable<Buffer>) =>
      writeFile(handle, chunks).catch((error: unknown) => {
        fault = error
        throw error
      })
    const { signal } = context
    const passing = isCompressed(tar.file)
      ? pipeline(body, watched, createGzip(), write, { signal })
      : pipeline(body, watched, write, { signal })
    await passing.catch((error: unknown) => {
      throw fault ?? error
    })
    ending.check()
  })
}

function isCompressed(file: string): boolean {
  return /\.(?:tar\.gz|tgz)$/i.test(file)
}
