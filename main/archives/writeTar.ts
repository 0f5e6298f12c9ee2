import { writeFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { toFailure } from '../errors'
import type { JobContext } from '../jobs/jobs'
import { followBytes } from './byteProgress'
import { asFileFailure } from './fileFailure'
import { TarEnding } from './tarEnding'
import { openTarget } from './target'

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
    const ending = new TarEnding(progress.add)
    const watched = (chunks: AsyncIterable<Buffer>) => ending.watch(chunks)
    const write = (chunks: AsyncIterable<Buffer>) =>
      writeFile(target.handle, chunks).catch((error: unknown) => {
        fault = error
        throw error
      })
    const { signal } = context
    if (isCompressed(tar.file)) await pipeline(body, watched, createGzip(), write, { signal })
    else await pipeline(body, watched, write, { signal })
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
