import { createHash } from 'node:crypto'
import type { FileVersion, FoundPath } from '../../preload/contract/files'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { noSuchPath, statPath, type PathStat } from './archive'
import { fromUnixMode } from './fileMode'
import { plainPath } from './paths'
import { inside, type Place } from './place'
import { isMissingProgram, runProgram } from './program'
import { enough, readArchive } from './readArchive'

/** A file's beginning, and what is known of the file. */
export interface FileContent extends FoundPath {
  /** At most what was asked for. */
  beginning: Buffer
  /** Null where only a program of the container sees it (`/proc`, tmpfs on Docker): it is not edited here. */
  stat: (PathStat & { uid: number; gid: number }) | null
}

/**
 * Where a path ends, with all links followed.
 *
 * @throws Failure `not-found`, also where a link leads out of a volume
 */
export async function findPath(
  place: Place,
  asked: string,
  signal?: AbortSignal,
): Promise<FoundPath & { stat: PathStat | null }> {
  const path = plainPath(asked)
  const stat = await statPath(place, path, signal)
  if (stat && stat.kind !== 'link')
    return { path, kind: stat.kind, sizeBytes: stat.sizeBytes, stat }
  const end = stat?.end ?? null
  const there = end === null ? null : await statPath(place, end, signal)
  if (end !== null && there && there.kind !== 'link') {
    return { path: end, kind: there.kind, sizeBytes: there.sizeBytes, stat: there }
  }
  const seen = place.running ? await findByPrograms(place, path, signal) : null
  if (seen) return { ...seen, stat: null }
  throw stat === null ? noSuchPath(path) : leadsNowhere(path, place)
}

/** What only processes of the container see: `/proc`, `/dev`, and on Docker what is in memory. */
async function findByPrograms(
  place: Place,
  path: string,
  signal: AbortSignal | undefined,
): Promise<FoundPath | null> {
  const end = await runProgram(place, ['readlink', '-f', path], { signal })
  const real = end.output.toString('utf8').replace(/\n$/, '')
  if (end.exitCode !== 0 || !real.startsWith('/')) return null
  const { exitCode, output } = await runProgram(place, ['stat', '-c', '%f %s', real], { signal })
  const [, bits, size] = /^([0-9a-f]+) (\d+)\n$/.exec(output.toString('latin1')) ?? []
  if (exitCode !== 0 || bits === undefined) return null
  const { kind } = fromUnixMode(Number.parseInt(bits, 16))
  return { path: real, kind, sizeBytes: Number(size) }
}

function leadsNowhere(path: string, { volume }: Place): Failure {
  return new Failure('not-found', say`The link "${path}" leads to nothing.`, {
    hint:
      volume === null
        ? say`What it names is not there.`
        : say`It may mean something in a container that has this volume; here is only the volume.`,
  })
}

/**
 * Reads a file's beginning.
 *
 * @param most how much of it, bytes
 * @throws Failure `not-found` where there is none
 */
export async function readFile(
  place: Place,
  asked: string,
  most: number,
  signal?: AbortSignal,
): Promise<FileContent> {
  const found = await findPath(place, asked, signal)
  if (found.kind !== 'file') return { ...found, beginning: Buffer.alloc(0), stat: null }
  if (found.stat === null || isMadeWhenRead(place, found.path))
    return { ...found, ...(await readByPrograms(place, found.path, most, signal)) }
  const { path, stat } = found
  const chunks: Buffer[] = []
  let owner = { uid: 0, gid: 0 }
  let bytes = 0
  await readArchive(
    place,
    path,
    {
      async each(header, stream) {
        owner = { uid: header.uid, gid: header.gid }
        for await (const chunk of stream) {
          chunks.push(chunk as Buffer)
          bytes += (chunk as Buffer).length
          if (bytes >= most) throw enough
        }
      },
    },
    signal,
  )
  const beginning = Buffer.concat(chunks).subarray(0, most)
  return { ...found, beginning, stat: { ...stat, ...owner } }
}

/** Files of the kernel say that they are empty; an archive has nothing of them. */
function isMadeWhenRead({ running }: Place, path: string): boolean {
  return running && /^\/(?:proc|sys)\//.test(path)
}

async function readByPrograms(
  place: Place,
  path: string,
  most: number,
  signal: AbortSignal | undefined,
): Promise<{ beginning: Buffer; sizeBytes: number; stat: null }> {
  const end = await runProgram(place, ['head', '-c', String(most), inside(place, path)], {
    signal,
    mostBytes: most,
  })
  if (isMissingProgram(end) || end.exitCode !== 0) throw noSuchPath(path)
  // Files of /proc say that they are empty.
  return { beginning: end.output, sizeBytes: end.output.length, stat: null }
}

export function versionOf(content: Buffer, stat: PathStat): FileVersion {
  return {
    sizeBytes: content.length,
    modified: stat.modified,
    hash: createHash('sha256').update(content).digest('hex'),
  }
}
