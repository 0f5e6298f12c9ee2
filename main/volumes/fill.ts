import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import type { TarEntry } from '../archives/entries'
import type { EngineLink } from '../engines/handshake'
import { log } from '../log'
import { putArchive } from '../files/archive'
import { placeOfVolume } from '../files/place'
import { withVolumeHelper } from '../files/volumeHelper'
import { createVolume, removeVolume } from './actions'
import { untilEnd } from './untilEnd'

/** What a volume's own folder is to have; null: nobody knows. */
export type Root = TarEntry['attributes'] | null

/** Unpacks a tar into a volume that is there. Its own folder's owner and mode come with it, where the tar has them. */
export async function fillVolume(
  link: EngineLink,
  id: string,
  { tar, root }: { tar: Readable; root: Root },
  signal: AbortSignal,
): Promise<void> {
  await withVolumeHelper(
    link,
    id,
    async (helper) => {
      const exactly = Readable.from(untilEnd(tar), { objectMode: false })
      await putArchive(placeOfVolume(link, id, helper), '/', exactly, signal)
      if (root === null || link.dialect.volumes.unpacksRoot) return
      const above = placeOfVolume(link, id, { ...helper, path: '' })
      await putArchive(above, '/', folderEntry(basename(helper.path), root), signal)
    },
    signal,
  )
}

/** A tar that holds a folder and nothing in it. */
function folderEntry(name: string, { uid, gid, mode, mtime }: NonNullable<Root>): Readable {
  const tar = pack()
  tar.entry({ name: `${name}/`, type: 'directory', uid, gid, mode, mtime })
  tar.finalize()
  return Readable.from(tar, { objectMode: false })
}

/**
 * Makes a volume and fills it; where that fails or is cancelled, it goes again.
 *
 * @throws Failure `conflict` where the name is taken
 */
export async function makeFilledVolume(
  link: EngineLink,
  { id, labels }: { id: string; labels: Readonly<Record<string, string>> },
  content: { tar: Readable; root: Root },
  signal: AbortSignal,
): Promise<void> {
  const { uid, gid } = content.root ?? {}
  const options =
    uid === undefined || gid === undefined ? {} : link.dialect.volumes.filledOptions({ uid, gid })
  await createVolume(
    link,
    {
      name: id,
      options: Object.entries(options).map(([name, value]) => ({ name, value })),
      labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
    },
    signal,
  )
  try {
    await fillVolume(link, id, content, signal)
  } catch (error) {
    // Not by the signal, which has ended where it was cancelled.
    await removeVolume(link, id).catch((problem: unknown) =>
      log.warn({ error: problem, volume: id }, 'a volume that is half filled stays'),
    )
    throw error
  }
}
