import type { FileOwner } from '../../preload/contract/files'
import { inside, type Place } from './place'
import { runProgram } from './program'
import { enough, readArchive } from './readArchive'

/** Who owns a file or a folder, no link; null where nobody tells. */
export async function ownerOf(
  place: Place,
  path: string,
  signal?: AbortSignal,
): Promise<FileOwner | null> {
  if (place.link.dialect.archiveTellsOwners) return ownerByArchive(place, path, signal)
  if (!place.running) return null
  const end = await runProgram(place, ['stat', '-c', '%u %g', inside(place, path)], { signal })
  const [, uid, gid] = /^(\d+) (\d+)\n$/.exec(end.output.toString('latin1')) ?? []
  return end.exitCode === 0 && uid !== undefined ? { uid: Number(uid), gid: Number(gid) } : null
}

/** The archive begins with the path itself; what comes behind it is not waited for. */
async function ownerByArchive(
  place: Place,
  path: string,
  signal: AbortSignal | undefined,
): Promise<FileOwner | null> {
  let owner: FileOwner | null = null
  await readArchive(
    place,
    path,
    {
      each({ uid, gid }) {
        owner = { uid, gid }
        throw enough
      },
    },
    signal,
  )
  return owner
}
