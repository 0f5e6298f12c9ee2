import type { FileOwner } from '../../preload/contract/files'
import { Failure } from '../errors'
import { readTar } from '../streams/readTar'
import { openArchive } from './archive'
import { inside, type Place } from './place'
import { runProgram } from './program'

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
  const body = await openArchive(place, path, signal)
  let owner: FileOwner | null = null
  const enough = new Failure('cancelled', 'That is enough.')
  try {
    await readTar(
      body,
      ({ uid, gid }) => {
        owner = { uid, gid }
        throw enough
      },
      (error) => new Failure('engine-error', 'The engine broke off.', { cause: error }),
      signal ?? new AbortController().signal,
    )
  } catch (error) {
    if (error !== enough) throw error
  } finally {
    body.destroy()
  }
  return owner
}
