import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pack, type Pack } from 'tar-stream'
import type { z } from 'zod'
import { REPLACES, type UploadMessage, type uploadRequest } from '../../preload/contract/files'
import { say } from '../../preload/contract/say'
import { Failure, toFailure } from '../errors'
import { inParallel } from '../inParallel'
import { reported } from '../live/reported'
import { putArchive, statPath } from './archive'
import { ByteQueue } from './byteQueue'
import type { Files } from './files'
import { ownerOf } from './owner'
import { joined } from './paths'
import { refuseReadOnly, type Place } from './place'
import { findPath } from './readFile'

type Request = z.output<typeof uploadRequest>
type Item = Request['items'][number]

/** How many names are looked for at once, and how many are told. */
const LOOKUPS = 6
const MOST_TOLD = 100

/** What comes from pages, piece by piece, on its way into an engine. */
export class Uploads {
  readonly #files: Files
  readonly #open = new Map<string, ByteQueue>()

  constructor(files: Files) {
    this.#files = files
  }

  /** Takes an upload to its end; ending the stream gives it up. What was unpacked by then stays. */
  async *start(request: Request, signal: AbortSignal): AsyncGenerator<UploadMessage, void, void> {
    const id = randomUUID()
    const queue = new ByteQueue()
    let bytes = 0
    const progress = (): UploadMessage => ({
      kind: 'sending',
      uploadId: this.#open.has(id) ? id : null,
      bytes,
    })
    yield* reported<UploadMessage, undefined>(
      async (ended) => {
        try {
          await this.#files.changing(
            request.target,
            async (place) => {
              const folder = await checked(place, request, ended)
              this.#open.set(id, queue)
              await send(place, folder, request, queue, (more) => (bytes += more), ended)
            },
            ended,
          )
        } catch (error) {
          queue.close(toFailure(error))
          throw error
        } finally {
          this.#open.delete(id)
          queue.close(new Failure('conflict', say`The upload is over.`))
        }
      },
      progress,
      () => ({ kind: 'done' }),
      signal,
    )
  }

  /** @throws Failure `not-found` for an upload that has ended */
  async piece(uploadId: string, base64: string): Promise<void> {
    const queue = this.#open.get(uploadId)
    if (!queue) throw new Failure('not-found', say`This upload has ended.`)
    const bytes = Buffer.from(base64, 'base64')
    if (bytes.length > 0) await queue.give(bytes)
  }
}

/** The folder, with all links followed, once it is clear that everything may go there. */
async function checked(place: Place, request: Request, signal: AbortSignal): Promise<string> {
  const { path: folder, kind } = await findPath(place, request.folder, signal)
  if (kind !== 'folder') throw new Failure('conflict', say`"${folder}" is no folder.`)
  const kinds = new Map<string, Item['kind']>()
  for (const { path, kind: what } of request.items) {
    const [first = path, ...deeper] = path.split('/')
    kinds.set(first, deeper.length > 0 ? 'folder' : what)
  }
  const there: string[] = []
  const names = [...kinds.keys()]
  for (const name of names) refuseReadOnly(place, joined(folder, name))
  await inParallel(
    names,
    LOOKUPS,
    async (name, ended) => {
      const stat = await statPath(place, joined(folder, name), ended)
      if (stat === null) return
      if ((stat.kind === 'folder') !== (kinds.get(name) === 'folder')) {
        throw new Failure(
          'conflict',
          say`"${name}" is there already, and is not of the same kind.`,
          {
            hint: say`A folder does not replace a file, nor a file a folder. Rename one of them.`,
          },
        )
      }
      there.push(name)
    },
    signal,
  )
  if (there.length > 0 && !request.replace) throw areThere(there.sort())
  return folder
}

function areThere(names: string[]): Failure {
  const [first = ''] = names
  return new Failure(
    'confirmation-needed',
    names.length === 1
      ? say`"${first}" is there already.`
      : say`${names.length} of these names are there already.`,
    {
      hint: say`Files are replaced; folders get what they lack, and files of the same name in them are replaced.`,
      dangers: [REPLACES, ...names.slice(0, MOST_TOLD)],
    },
  )
}

async function send(
  place: Place,
  folder: string,
  request: Request,
  queue: ByteQueue,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const owner = request.owner ?? (await ownerOf(place, folder, signal)) ?? { uid: 0, gid: 0 }
  const tar = pack()
  const about = { ...owner, fileMode: request.fileMode }
  const packing = packAll(tar, request.items, about, queue, count, signal).catch(
    (error: unknown) => {
      tar.destroy(error instanceof Error ? error : new Error(String(error)))
      throw error
    },
  )
  const putting = putArchive(place, folder, Readable.from(tar), signal)
  // Whichever fails first ends the other one.
  putting.catch((error: unknown) => queue.close(toFailure(error)))
  await Promise.all([packing, putting])
}

async function packAll(
  tar: Pack,
  items: readonly Item[],
  { uid, gid, fileMode }: { uid: number; gid: number; fileMode: number },
  queue: ByteQueue,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const item of items) {
    if (item.kind === 'folder') {
      tar.entry({ name: item.path, type: 'directory', mode: 0o755, uid, gid, mtime: new Date() })
      continue
    }
    const { path: name, sizeBytes: size } = item
    const mtime = new Date(item.modifiedAt)
    const entry = tar.entry({ name, size, mode: fileMode, uid, gid, mtime })
    await pipeline(
      take(queue, size, count, signal),
      // streamx's, which keeps the contract of Node's.
      entry as unknown as NodeJS.WritableStream,
      { signal },
    )
  }
  tar.finalize()
}

async function* take(
  queue: ByteQueue,
  size: number,
  count: (bytes: number) => void,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, void> {
  for (let left = size; left > 0;) {
    const bytes = await queue.take(left, signal)
    left -= bytes.length
    yield bytes
    count(bytes.length)
  }
}
