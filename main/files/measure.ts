import type { Measured } from '../../preload/contract/files'
import { statPath } from './archive'
import type { Place } from './place'
import { enough, readArchive } from './readArchive'

/** How long is counted, milliseconds: somebody waits for it to answer a question. */
const countMillis = 3_000

/** Counts files and what they take; gives up after a few seconds, and says so. */
export async function measure(
  place: Place,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Measured> {
  const measured: Measured = { files: 0, folders: 0, bytes: 0, complete: true }
  const until = Date.now() + countMillis
  for (const path of paths) {
    const stat = await statPath(place, path, signal)
    if (stat === null) continue
    if (stat.kind !== 'folder') {
      measured.files++
      measured.bytes += stat.kind === 'file' ? stat.sizeBytes : 0
    } else if (Date.now() < until) await addFolder(place, path, measured, until, signal)
    else measured.complete = false
  }
  return measured
}

async function addFolder(
  place: Place,
  path: string,
  measured: Measured,
  until: number,
  signal: AbortSignal,
): Promise<void> {
  const whole = await readArchive(
    place,
    path,
    {
      each({ type, size }, stream) {
        if (type === 'directory') measured.folders++
        else measured.files++
        if (type === 'file') measured.bytes += size
        stream.resume()
        return undefined
      },
      count() {
        if (Date.now() > until) throw enough
      },
    },
    signal,
  )
  if (!whole) measured.complete = false
}
