import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { readTar, type EachEntry } from '../streams/readTar'
import { openArchive } from './archive'
import type { Place } from './place'

/** Thrown by who has read enough of an archive: what comes behind is not waited for. */
export const enough = new Failure('cancelled', 'enough')

interface ArchiveReader {
  /** As of `readTar`; may throw `enough`. */
  each: EachEntry
  /** Told of bytes as they come; may throw `enough`. */
  count?: (bytes: number) => void
}

/**
 * Reads an archive that the engine makes of a path, entry by entry.
 *
 * @param path as of `openArchive`
 * @returns false where the reader had enough before its end
 */
export async function readArchive(
  place: Place,
  path: string,
  { each, count }: ArchiveReader,
  signal: AbortSignal = new AbortController().signal,
): Promise<boolean> {
  const body = await openArchive(place, path, signal)
  async function* counted(): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of body) {
      const bytes = chunk as Buffer
      yield bytes
      count?.(bytes.length)
    }
  }
  try {
    await readTar(counted(), each, brokenOff, signal)
    return true
  } catch (error) {
    if (error !== enough) throw error
    return false
  } finally {
    body.destroy()
  }
}

function brokenOff(error: unknown): Failure {
  return new Failure('engine-error', say`The engine broke off before all of it was read.`, {
    ...(error instanceof Error && { engineMessage: error.message, cause: error }),
    hint: say`Try again; what is read may have gone meanwhile.`,
  })
}
