import { z } from 'zod'
import { say } from '../../preload/contract/say'
import type { MeasureMessage, VolumeSize } from '../../preload/contract/volumes'
import { getJson } from '../engines/getJson'
import type { EngineLink } from '../engines/handshake'
import { Failure, toFailure, toProblem } from '../errors'
import { placeOfVolume } from '../files/place'
import { readArchive } from '../files/readArchive'
import { withVolumeHelper } from '../files/volumeHelper'
import { reported } from '../live/reported'
import { log } from '../log'
import { systemCodeOf } from '../systemFiles'
import { isRoot } from './content'
import { folderSize, type Measured } from './folderSize'
import { localFolder } from './localFolder'
import type { VolumesModel } from './model'

interface Progress {
  count: (bytes: number) => void
  signal: AbortSignal
}

/** Measures volumes one after the other; what was found stands in the model at once. */
export async function* measureVolumes(
  link: EngineLink,
  model: VolumesModel,
  ids: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<MeasureMessage, void, void> {
  const of = ids.length
  const problems: Extract<MeasureMessage, { kind: 'read' }>['problems'] = []
  let bytes = 0
  let done = 0
  yield* reported<MeasureMessage, null>(
    async (ended) => {
      for (const id of ids) {
        const count = (more: number) => (bytes += more)
        try {
          model.measured(id, await measureVolume(link, id, { count, signal: ended }))
        } catch (error) {
          ended.throwIfAborted()
          problems.push({ id, problem: toProblem(error) })
        }
        done++
      }
      return null
    },
    () => ({ kind: 'reading', bytes, totalBytes: 0, done, of }),
    () => ({ kind: 'read', done: done - problems.length, problems }),
    signal,
  )
}

/**
 * Measures one volume the cheapest way that there is: its folder, where this user may read it; else its
 * archive, as the engine sends it; else what the engine tells when it measures everything that it has.
 */
export async function measureVolume(
  link: EngineLink,
  id: string,
  progress: Progress,
): Promise<VolumeSize> {
  const seen = await measureFolder(link, id, progress)
  if (seen !== null) return seen
  try {
    const measured = await archiveSize(link, id, progress)
    return { ...measured, source: 'archive', measuredAt: Date.now() }
  } catch (error) {
    progress.signal.throwIfAborted()
    const { code } = toFailure(error)
    if (code === 'not-found' || code === 'engine-unreachable') throw error
    log.warn({ error, volume: id }, 'the archive of a volume could not be read')
    return { ...(await engineSize(link, id, progress)), source: 'engine', measuredAt: Date.now() }
  }
}

/** By its folder; null where this user cannot read it. */
export async function measureFolder(
  link: EngineLink,
  id: string,
  { count, signal }: Progress,
): Promise<VolumeSize | null> {
  const folder = await localFolder(link, id, signal)
  if (folder === null) return null
  try {
    const measured = await folderSize(folder, count, signal)
    return { ...measured, source: 'folder', measuredAt: Date.now() }
  } catch (error) {
    signal.throwIfAborted()
    if (['EACCES', 'EPERM', 'ENOENT'].includes(systemCodeOf(error) ?? '')) return null
    throw error
  }
}

/** Reads the whole volume through the engine, and keeps nothing of it. */
export async function archiveSize(
  link: EngineLink,
  id: string,
  { count, signal }: Progress,
): Promise<Measured> {
  return withVolumeHelper(
    link,
    id,
    async (helper) => {
      let apparentBytes = 0
      let entries = 0
      await readArchive(
        placeOfVolume(link, id, helper),
        '/.',
        {
          each(header, stream) {
            if (!isRoot(header)) entries++
            const bytes = header.type === 'file' ? header.size : 0
            apparentBytes += bytes
            stream.on('data', (chunk) => count(chunk instanceof Buffer ? chunk.length : 0))
            return undefined
          },
        },
        signal,
      )
      return { apparentBytes, allocatedBytes: null, entries }
    },
    signal,
  )
}

const diskUse = z.object({
  Volumes: z
    .array(z.object({ Name: z.string(), UsageData: z.object({ Size: z.number() }).nullish() }))
    .nullish(),
})

/** A walk over all files of all volumes, of which nothing is told before its end. */
const diskUseMillis = 10 * 60_000

/** What the engine tells: what the files take on its disk (moby `directory.Size`: apparent bytes). */
export async function engineSize(
  link: EngineLink,
  id: string,
  { count, signal }: Progress,
): Promise<Measured> {
  const answer = await getJson(link.client, '/system/df?type=volume', {
    signal,
    timeoutMillis: diskUseMillis,
  })
  const told = diskUse.parse(answer).Volumes?.find(({ Name }) => Name === id)?.UsageData?.Size
  if (told === undefined || told < 0) {
    throw new Failure('engine-error', say`The engine does not tell how large this volume is.`, {
      hint: say`Its driver may not know it.`,
    })
  }
  count(told)
  return { apparentBytes: told, allocatedBytes: null, entries: null }
}
