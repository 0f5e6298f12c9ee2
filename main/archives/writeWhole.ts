import type { FileHandle } from 'node:fs/promises'
import type { JobContext } from '../jobs/jobs'
import { followBytes } from './byteProgress'
import { asFileFailure } from './fileFailure'
import { openTarget } from './target'

export interface WholeFile {
  file: string
  overwrite: boolean
  /** About: what the engine keeps is not what it sends. Null: not known. */
  estimatedBytes: number | null
}

/**
 * Writes a file for a job, to the end or not at all, and tells how far that is.
 *
 * @param write fills it and counts the bytes that it was sent; what the engine failed with it throws as a
 *   Failure, for anything else is taken for the file's
 * @returns the bytes of the file
 * @throws Failure for a file that cannot be written, or where the engine broke off
 */
export async function writeWhole(
  { file, overwrite, estimatedBytes }: WholeFile,
  context: JobContext,
  write: (handle: FileHandle, count: (bytes: number) => void) => Promise<void>,
): Promise<number> {
  const target = await openTarget(file, overwrite)
  const progress = followBytes(context, estimatedBytes)
  try {
    await write(target.handle, progress.add)
    const { size } = await target.handle.stat()
    await target.keep()
    return size
  } catch (error) {
    throw context.signal.aborted ? error : asFileFailure(error, file)
  } finally {
    await target.discard()
    progress.end()
  }
}
