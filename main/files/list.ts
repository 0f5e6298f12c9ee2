import {
  MOST_ENTRIES,
  type FileEntry,
  type FilesTarget,
  type FolderListing,
  type ListMessage,
} from '../../preload/contract/files'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { reported } from '../live/reported'
import { noSuchPath, statPath } from './archive'
import type { Files } from './files'
import { listByArchive } from './listByArchive'
import { listByPrograms } from './listByPrograms'
import { plainPath } from './paths'
import type { Place } from './place'

export interface ListRequest {
  target: FilesTarget
  path: string
  /** Not out of what was read before. */
  fresh: boolean
  /** Read on however large it is. */
  patient: boolean
}

/** Reads a folder: how far that is, then its entries. */
export async function* listFolder(
  files: Files,
  request: ListRequest,
  signal: AbortSignal,
): AsyncGenerator<ListMessage, void, void> {
  let bytes = 0
  yield* reported<ListMessage, FolderListing>(
    (ended) =>
      files.with(
        request.target,
        (place) => read(files, place, request, (more) => (bytes += more), ended),
        ended,
      ),
    () => ({ kind: 'reading', bytes, totalBytes: 0 }),
    (folder) => ({ kind: 'read', folder }),
    signal,
  )
}

async function read(
  files: Files,
  place: Place,
  { path: asked, fresh, patient }: ListRequest,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<FolderListing> {
  const path = plainPath(asked)
  const byPrograms = await tryPrograms(files, place, path, signal)
  if (byPrograms) {
    return listing(path, byPrograms, { way: 'programs', incomplete: false, readBytes: 0 })
  }
  const kept = fresh ? null : files.keptTree(place, path)
  if (kept) {
    const { tree, readBytes, readAt } = kept
    return {
      ...listing(path, tree.entriesOf(path) ?? [], {
        way: 'archive',
        incomplete: false,
        readBytes,
      }),
      readAt,
    }
  }
  const folder = await endOf(place, path, signal)
  const { tree, incomplete, readBytes } = await listByArchive(
    place,
    folder,
    { patient, count },
    signal,
  )
  // What runs changes all the time.
  if (!incomplete && tree.whole && !place.running) files.keepTree(place, tree, readBytes)
  return listing(folder, tree.entriesOf(folder) ?? [], { way: 'archive', incomplete, readBytes })
}

async function tryPrograms(
  files: Files,
  place: Place,
  path: string,
  signal: AbortSignal,
): Promise<FileEntry[] | null> {
  if (!place.running || files.withoutPrograms.has(place.containerId)) return null
  return listByPrograms(place, path, signal, () => files.withoutPrograms.add(place.containerId))
}

/**
 * The folder that a path ends at.
 *
 * @throws Failure `not-found`, or `invalid-input` for what is no folder
 */
async function endOf(place: Place, path: string, signal: AbortSignal): Promise<string> {
  const stat = await statPath(place, path, signal)
  if (stat === null) throw noSuchPath(path)
  if (stat.kind === 'folder') return path
  if (stat.kind === 'link' && stat.end !== null) {
    const end = await statPath(place, stat.end, signal)
    if (end?.kind === 'folder') return stat.end
  }
  throw new Failure('invalid-input', say`"${path}" is no folder.`, {
    hint: say`Open the folder that it is in.`,
  })
}

function listing(
  path: string,
  entries: FileEntry[],
  how: Pick<FolderListing, 'way' | 'incomplete' | 'readBytes'>,
): FolderListing {
  return {
    path,
    entries: entries.slice(0, MOST_ENTRIES),
    leftOut: Math.max(0, entries.length - MOST_ENTRIES),
    ...how,
    readAt: Date.now(),
  }
}
