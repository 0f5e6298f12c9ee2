import type { Readable } from 'node:stream'
import { Failure } from '../errors'
import { readTar } from '../streams/readTar'
import { openArchive } from './archive'
import type { Place } from './place'
import { FileTree } from './tree'

/** How much is read of a folder before the person is asked whether to read on. */
const PATIENCE = { bytes: 1024 ** 3, millis: 15_000 }
/** And then. */
const LONG_PATIENCE = { bytes: 256 * 1024 ** 3, millis: 30 * 60_000 }

export interface ArchiveListing {
  tree: FileTree
  /** It was given up: there may be more. */
  incomplete: boolean
  readBytes: number
}

/**
 * What an archive of the folder tells: its headers; what is in the files is read past, for the engine sends
 * it in any case.
 *
 * @param path a folder, no link
 * @param count told of the bytes as they come
 */
export async function listByArchive(
  place: Place,
  path: string,
  { patient, count }: { patient: boolean; count: (bytes: number) => void },
  signal: AbortSignal,
): Promise<ArchiveListing> {
  const patience = patient ? LONG_PATIENCE : PATIENCE
  const until = Date.now() + patience.millis
  const tree = new FileTree(path)
  const body = await openArchive(place, `${path}/.`, signal)
  const end = { incomplete: false, readBytes: 0 }
  async function* bounded(source: Readable): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of source) {
      const bytes = chunk as Buffer
      end.readBytes += bytes.length
      count(bytes.length)
      yield bytes
      if (end.readBytes > patience.bytes || Date.now() > until) {
        end.incomplete = true
        return
      }
    }
  }
  try {
    await readTar(
      bounded(body),
      (header, stream) => {
        tree.add(header, place.link.dialect.archiveTellsOwners)
        stream.resume()
        return undefined
      },
      brokenOff,
      signal,
    )
  } catch (error) {
    // Given up in the middle of an entry.
    if (!end.incomplete || signal.aborted) throw error
  } finally {
    body.destroy()
  }
  return { tree, ...end }
}

function brokenOff(error: unknown): Failure {
  return new Failure('engine-error', 'The engine broke off before the folder was read.', {
    ...(error instanceof Error && { engineMessage: error.message, cause: error }),
    hint: 'Try again; the container may have ended meanwhile.',
  })
}
