import type { Place } from './place'
import { enough, readArchive } from './readArchive'
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
  let readBytes = 0
  const whole = await readArchive(
    place,
    `${path}/.`,
    {
      each(header, stream) {
        tree.add(header, place.link.dialect.archiveTellsOwners)
        stream.resume()
        return undefined
      },
      count(bytes) {
        readBytes += bytes
        count(bytes)
        if (readBytes > patience.bytes || Date.now() > until) throw enough
      },
    },
    signal,
  )
  return { tree, incomplete: !whole, readBytes }
}
