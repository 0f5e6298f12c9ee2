import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { noSuchPath, putArchive, statPath } from './archive'
import { ownerOf } from './owner'
import { folderOf, joined, plainPath } from './paths'
import { refuseMountPoint, refuseReadOnly, type Place } from './place'
import { findPath } from './readFile'
import { changeByProgram } from './tool'

export interface ChangeOptions {
  toolImage: string | undefined
  signal?: AbortSignal | undefined
}

/** A new folder, its parent's owner's. */
export async function makeFolder(
  place: Place,
  { folder: asked, name }: { folder: string; name: string },
  signal?: AbortSignal,
): Promise<void> {
  const { path: folder } = await findPath(place, asked, signal)
  const path = joined(folder, name)
  refuseReadOnly(place, path)
  await refuseTaken(place, path, signal)
  const { uid, gid } = (await ownerOf(place, folder, signal)) ?? { uid: 0, gid: 0 }
  const tar = pack()
  tar.entry({ name, type: 'directory', mode: 0o755, uid, gid, mtime: new Date() })
  tar.finalize()
  await putArchive(place, folder, Readable.from(tar), signal)
}

/** Gives what is at a path another name in the same folder. */
export async function renamePath(
  place: Place,
  { path: asked, name }: { path: string; name: string },
  options: ChangeOptions,
): Promise<void> {
  const path = plainPath(asked)
  const to = joined(folderOf(path), name)
  refuseReadOnly(place, path)
  refuseMountPoint(place, path)
  if (to === path) return
  await refuseTaken(place, to, options.signal)
  await changeByProgram(place, 'mv', [], [path, to], options)
}

/** Removes files, and folders with all that is in them; of a link the link. */
export async function removePaths(
  place: Place,
  paths: readonly string[],
  options: ChangeOptions,
): Promise<void> {
  const plain = paths.map(plainPath)
  for (const path of plain) {
    refuseReadOnly(place, path)
    refuseMountPoint(place, path)
  }
  if (!place.running && plain[0] !== undefined && plain.length === 1) {
    if ((await statPath(place, plain[0], options.signal)) === null) throw noSuchPath(plain[0])
  }
  await changeByProgram(place, 'rm', ['-rf'], plain, options)
}

async function refuseTaken(
  place: Place,
  path: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if ((await statPath(place, path, signal)) === null) return
  throw new Failure('conflict', say`"${path}" is there already.`, {
    hint: say`Choose another name.`,
  })
}
