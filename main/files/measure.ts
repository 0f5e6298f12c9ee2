import type { Measured } from '../../preload/contract/files'
import { Failure } from '../errors'
import { readTar } from '../streams/readTar'
import { openArchive, statPath } from './archive'
import type { Place } from './place'

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
  const enough = new Failure('timeout', 'That is enough.')
  const body = await openArchive(place, path, signal)
  async function* bounded(): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of body) {
      yield chunk as Buffer
      if (Date.now() > until) throw enough
    }
  }
  try {
    await readTar(
      bounded(),
      ({ type, size }, stream) => {
        if (type === 'directory') measured.folders++
        else measured.files++
        if (type === 'file') measured.bytes += size
        stream.resume()
        return undefined
      },
      (error) => new Failure('engine-error', 'The engine broke off.', { cause: error }),
      signal,
    )
  } catch (error) {
    if (error !== enough) throw error
    measured.complete = false
  } finally {
    body.destroy()
  }
}
