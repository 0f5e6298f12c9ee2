import { say } from '../../preload/contract/say'
import type { VolumeArchive, VolumeArchiveMessage } from '../../preload/contract/volumes'
import { linkTarget, readEntries, refused, type TarEntry } from '../archives/entries'
import { openSource, type Source } from '../archives/source'
import { reported } from '../live/reported'
import type { Root } from './fill'

/** More than any volume has that is backed up in this way. */
const MOST_BYTES = 2 ** 50
const MOST_NAMES = 200
/** Symbolic links that are remembered: nothing may be written through one. */
const MOST_LINKS = 1_000_000

/** An archive that may be unpacked into a volume, and what it says of the volume's own folder. */
export interface ReadVolumeArchive extends VolumeArchive {
  root: Root
}

/** Looks into a file: how far it is, then what it holds. */
export async function* inspectVolumeArchive(
  file: string,
  signal: AbortSignal,
): AsyncGenerator<VolumeArchiveMessage, void, void> {
  const source = await openSource(file)
  let bytes = 0
  try {
    yield* reported<VolumeArchiveMessage, VolumeArchive>(
      (ended) => readVolumeArchive(source, (more) => (bytes += more), ended),
      () => ({ kind: 'reading', bytes, totalBytes: source.bytes }),
      ({ fileBytes, contentBytes, entries, names }) => ({
        kind: 'read',
        archive: { fileBytes, contentBytes, entries, names },
      }),
      signal,
    )
  } finally {
    await source.close()
  }
}

/**
 * Reads an archive from end to end before an engine gets any of it.
 *
 * @throws Failure (`invalid-input`) for what is no tar or cut off, for names and hard links that lead out,
 *   for entries that would be written through a link, and for devices
 */
export async function readVolumeArchive(
  source: Source,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ReadVolumeArchive> {
  const links = new Set<string>()
  const names: string[] = []
  let root: Root = null
  let contentBytes = 0
  let entries = 0
  await readEntries(
    source.content(count),
    () => 0,
    (entry) => {
      if (entry.name === '.') {
        root ??= entry.attributes
        return
      }
      check(entry, links)
      entries++
      contentBytes += entry.bytes
      if (contentBytes > MOST_BYTES) throw refused(say`claims to hold more than any disk`)
      if (names.length < MOST_NAMES) names.push(entry.name)
    },
    signal,
  )
  return { root, fileBytes: source.bytes, contentBytes, entries, names }
}

/** Where a symbolic link leads is its user's matter: within a volume it is read by a container. */
function check(entry: TarEntry, links: Set<string>): void {
  const { name, type } = entry
  if (/device/.test(type)) throw refused(say`holds a device (${name.slice(0, 200)})`)
  if (type === 'link' && linkTarget(entry) === null) {
    throw refused(say`has a link that leads out of it (${name.slice(0, 200)})`)
  }
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
    if (links.has(name.slice(0, at))) {
      throw refused(say`has a file behind a link (${name.slice(0, 200)})`)
    }
  }
  if (type !== 'symlink') links.delete(name)
  else if (links.size < MOST_LINKS) links.add(name)
  else throw refused(say`has too many links`)
}
