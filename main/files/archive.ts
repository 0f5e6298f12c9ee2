import type { Readable } from 'node:stream'
import { z } from 'zod'
import { say } from '../../preload/contract/say'
import { openStream } from '../engines/rawStream'
import { diskFull, Failure, isEngineAnswer, toFailure } from '../errors'
import { fromGoMode, type FileMode } from './fileMode'
import { inside, outside, type Place } from './place'

/** What the archive routes say of a path (`X-Docker-Container-Path-Stat`). */
export interface PathStat extends FileMode {
  sizeBytes: number
  /** RFC 3339, with nanoseconds. */
  modified: string
  /** Of a link: where it ends, in the person's view; null outside of a volume. */
  end: string | null
}

const statHeader = z.object({
  size: z.number(),
  mode: z.number(),
  mtime: z.string(),
  linkTarget: z.string().nullish(),
})

/** The engine walks through a folder before it sends the first byte only where that is small. */
const openMillis = 60_000
/** An engine answers when it has unpacked everything. */
const unpackMillis = 24 * 3_600_000

/** What is at a path, a link itself rather than its end. Null: nothing. */
export async function statPath(
  place: Place,
  path: string,
  signal?: AbortSignal,
): Promise<PathStat | null> {
  let answer
  try {
    answer = await request(place, 'HEAD', { path: inside(place, path) }, { signal })
  } catch (error) {
    if (isEngineAnswer(error) && toFailure(error).code === 'not-found') return null
    throw error
  }
  answer.resume()
  const { headers } = answer as Readable & { headers?: Record<string, string | undefined> }
  const told = headers?.['x-docker-container-path-stat'] ?? ''
  const stat = statHeader.parse(JSON.parse(Buffer.from(told, 'base64').toString('utf8')))
  const mode = fromGoMode(stat.mode)
  return {
    ...mode,
    sizeBytes: stat.size,
    modified: stat.mtime,
    end: mode.kind === 'link' ? outside(place, stat.linkTarget ?? '') : null,
  }
}

/** A tar of a file, or of a folder with all that is in it. With `/.` behind a folder its names begin in it. */
export function openArchive(place: Place, path: string, signal?: AbortSignal): Promise<Readable> {
  const dot = path.endsWith('/.')
  const inner = inside(place, path)
  return request(
    place,
    'GET',
    { path: dot ? `${inner === '/' ? '' : inner}/.` : inner },
    { signal },
  )
}

/**
 * Unpacks a tar in a folder that is there. Owners and modes are the tar's; a folder is never put in the place
 * of a file, nor a file in that of a folder.
 */
export async function putArchive(
  place: Place,
  folder: string,
  tar: Readable,
  signal?: AbortSignal,
): Promise<void> {
  try {
    const answer = await request(
      place,
      'PUT',
      { path: inside(place, folder), noOverwriteDirNonDir: 'true' },
      { signal, body: tar, timeoutMillis: unpackMillis },
    )
    answer.resume()
  } catch (error) {
    throw signal?.aborted ? error : putFailure(error)
  } finally {
    tar.destroy()
  }
}

function request(
  place: Place,
  method: 'HEAD' | 'GET' | 'PUT',
  query: Record<string, string>,
  {
    signal,
    body,
    timeoutMillis = openMillis,
  }: { signal?: AbortSignal | undefined; body?: Readable; timeoutMillis?: number },
): Promise<Readable> {
  return openStream(
    place.link.client,
    { method, path: `/containers/${place.containerId}/archive`, query, ...(body && { body }) },
    { signal, timeoutMillis },
  )
}

/** What engines say against writing, in words. */
function putFailure(error: unknown): unknown {
  const { engineMessage = '' } = toFailure(error)
  const more = { engineMessage, cause: error }
  if (/no space left/i.test(engineMessage)) return diskFull(more)
  if (/read-?only/i.test(engineMessage)) {
    return new Failure('conflict', say`Nothing can be written there: it is read-only.`, more)
  }
  if (/cannot overwrite|file exists|not a directory/i.test(engineMessage)) {
    return new Failure(
      'conflict',
      say`A file and a folder of the same name are in each other’s way.`,
      {
        ...more,
        hint: say`Rename or remove the one that is there.`,
      },
    )
  }
  return error
}

/** What is told of a path where nothing is. */
export function noSuchPath(path: string): Failure {
  return new Failure('not-found', say`There is no "${path}".`, {
    hint: say`It may have been moved or removed meanwhile; reload the folder.`,
  })
}
