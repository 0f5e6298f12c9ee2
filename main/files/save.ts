import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import {
  LOSES_OWNER,
  MOST_TEXT_BYTES,
  REPLACES,
  type FileOwner,
  type FileVersion,
} from '../../preload/contract/files'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { noSuchPath, putArchive, statPath } from './archive'
import { ownerOf } from './owner'
import { folderOf, nameOf, plainPath } from './paths'
import { refuseReadOnly, type Place } from './place'
import { readFile, versionOf, type FileContent } from './readFile'

export interface SaveRequest {
  path: string
  text: string
  /** What the editor began with; null: a new file. */
  expected: FileVersion | null
  replace: boolean
  acceptRoot: boolean
}

/** What a new file gets. */
const NEW_MODE = 0o644

/**
 * Writes a text. Nobody's work is lost: what is there is compared with what the editor began with, right
 * before it is written over.
 *
 * @returns what the editor begins with from now on
 */
export async function saveText(
  place: Place,
  { path: asked, text, expected, replace, acceptRoot }: SaveRequest,
  signal?: AbortSignal,
): Promise<FileVersion> {
  const content = Buffer.from(text, 'utf8')
  if (content.length > MOST_TEXT_BYTES) {
    throw new Failure('invalid-input', say`The text is too long to be written from here.`, {
      hint: say`Up to ${MOST_TEXT_BYTES / 1024} KiB can be edited; upload a larger file.`,
    })
  }
  const there = await present(place, plainPath(asked), signal)
  const path = there?.path ?? plainPath(asked)
  refuseReadOnly(place, path)
  if (expected === null && there && !replace) throw alreadyThere(path)
  if (expected !== null && !replace) refuseConflict(there, expected, path)
  if (there && there.kind !== 'file') {
    throw new Failure('conflict', say`"${path}" is no ordinary file.`)
  }
  const owner = await ownerBefore(place, path, there, signal)
  if (owner === null && there && !acceptRoot) throw losesOwner(path)
  const { uid, gid } = owner ?? { uid: 0, gid: 0 }
  const tar = pack()
  tar.entry(
    { name: nameOf(path), mode: there?.stat?.mode ?? NEW_MODE, uid, gid, mtime: new Date() },
    content,
  )
  tar.finalize()
  await putArchive(place, folderOf(path), Readable.from(tar), signal)
  const stat = await statPath(place, path, signal)
  if (stat === null) throw noSuchPath(path)
  return versionOf(content, stat)
}

async function present(
  place: Place,
  path: string,
  signal: AbortSignal | undefined,
): Promise<FileContent | null> {
  if ((await statPath(place, path, signal)) !== null) {
    return readFile(place, path, MOST_TEXT_BYTES + 1, signal)
  }
  const folder = await statPath(place, folderOf(path), signal)
  if (folder === null) throw noSuchPath(folderOf(path))
  return null
}

function refuseConflict(there: FileContent | null, expected: FileVersion, path: string): void {
  if (there === null) {
    throw new Failure('conflict', say`"${path}" is not there any more.`, {
      hint: say`It was removed or renamed since it was opened here.`,
    })
  }
  const same =
    there.stat !== null &&
    there.sizeBytes === expected.sizeBytes &&
    versionOf(there.beginning, there.stat).hash === expected.hash
  if (same) return
  throw new Failure('conflict', say`"${path}" was changed since it was opened here.`, {
    hint: say`Look at what is there now, write over it, or keep both.`,
  })
}

/** Of the file, and of a new one its folder's. */
async function ownerBefore(
  place: Place,
  path: string,
  there: FileContent | null,
  signal: AbortSignal | undefined,
): Promise<FileOwner | null> {
  if (there?.stat && place.link.dialect.archiveTellsOwners) return there.stat
  return ownerOf(place, there ? path : folderOf(path), signal)
}

function alreadyThere(path: string): Failure {
  return new Failure('confirmation-needed', say`"${path}" is there already.`, {
    hint: say`Choose another name, or replace it.`,
    dangers: [REPLACES],
  })
}

function losesOwner(path: string): Failure {
  return new Failure('confirmation-needed', say`Nobody tells who owns "${path}" now.`, {
    hint: say`Podman tells the owner only while the container runs. Saved from here it belongs to root.`,
    dangers: [LOSES_OWNER],
  })
}
