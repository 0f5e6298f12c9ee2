import { basename } from 'node:path'
import type { DownloadRequest } from '../../preload/contract/files'
import { say } from '../../preload/contract/say'
import { followBytes } from '../archives/byteProgress'
import { asFileFailure } from '../archives/fileFailure'
import { openTarget } from '../archives/target'
import { writeTar } from '../archives/writeTar'
import { Failure, toFailure } from '../errors'
import type { JobContext, Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { readTar } from '../streams/readTar'
import { openArchive } from './archive'
import { nameOf, plainPath } from './paths'
import type { Place } from './place'
import { findPath } from './readFile'
import { unpackInto, type Unpacked } from './unpack'

/** Copies a file or a folder to this machine. */
export function downloadFiles({ files }: JobServices, request: DownloadRequest): Work {
  const { target, path, file } = request
  return {
    subject: `${nameOf(plainPath(path)) || '/'} → ${basename(file)}`,
    run: (context) =>
      files.with(
        target,
        async (place) => {
          const { files: count, bytes, refused, refusedCount } = await copy(place, request, context)
          context.report({
            result: { kind: 'download', file, bytes, files: count, refused, refusedCount },
          })
        },
        context.signal,
      ),
  }
}

async function copy(
  place: Place,
  { path: asked, as, file, overwrite }: DownloadRequest,
  context: JobContext,
): Promise<Unpacked> {
  const { path, kind, sizeBytes, stat } = await findPath(place, asked, context.signal)
  if (stat === null) {
    throw new Failure('conflict', say`"${path}" is seen only by the container's own processes.`, {
      hint: say`Engines hand out no files of /proc, /sys, or of memory. Open a terminal instead.`,
    })
  }
  if ((as === 'folder') !== (kind === 'folder') && as !== 'tar') {
    throw new Failure(
      'conflict',
      kind === 'folder' ? say`"${path}" is a folder.` : say`"${path}" is no folder.`,
    )
  }
  const none = { files: 1, refused: [], refusedCount: 0 }
  if (as === 'tar') {
    const open = () => openArchive(place, path, context.signal)
    return {
      ...none,
      bytes: await writeTar({ file, overwrite, estimatedBytes: null, open }, context),
    }
  }
  const progress = followBytes(context, as === 'file' ? sizeBytes : null)
  try {
    const tar = await openArchive(
      place,
      as === 'folder' ? `${path}/.` : path,
      context.signal,
    ).catch((error: unknown) => {
      throw toFailure(error)
    })
    if (as === 'folder') return await unpackInto(file, tar, progress.add, context.signal)
    const bytes = await writeFile(tar, { file, overwrite }, progress.add, context.signal)
    return { ...none, bytes }
  } finally {
    progress.end()
  }
}

/** The one file of a tar, whole or not at all. */
async function writeFile(
  tar: NodeJS.ReadableStream & AsyncIterable<unknown>,
  { file, overwrite }: { file: string; overwrite: boolean },
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<number> {
  const target = await openTarget(file, overwrite)
  let bytes = 0
  let fault: unknown = null
  try {
    await readTar(
      tar as AsyncIterable<Buffer>,
      async ({ type }, stream) => {
        if (type !== 'file') throw new Failure('conflict', say`It is no ordinary file any more.`)
        for await (const chunk of stream) {
          // All of it: on a disk that fills up `write` may take a part and say so only in its answer.
          await target.handle.writeFile(chunk as Buffer).catch((error: unknown) => {
            fault = error
            throw error
          })
          bytes += (chunk as Buffer).length
          count((chunk as Buffer).length)
        }
      },
      (error) =>
        new Failure('engine-error', say`The engine broke off before the file was whole.`, {
          cause: error,
          hint: say`Nothing was kept of it. Try again.`,
        }),
      signal,
    )
    await target.keep()
    return bytes
  } catch (error) {
    throw signal.aborted ? error : asFileFailure(fault ?? error, file)
  } finally {
    await target.discard()
  }
}
