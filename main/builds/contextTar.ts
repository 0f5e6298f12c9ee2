import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { pack, type Header } from 'tar-stream'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { unreadable, type Context } from './context'
import { contextFiles, type ContextFile } from './contextFiles'

type EntryHeader = Partial<Header> & Pick<Header, 'name'>

const BLOCK_BYTES = 512
const CHUNK_BYTES = 256 * 1024
const MODE_BITS = 0o7777

/**
 * A context as an uncompressed tar, made only as fast as it is taken: one chunk and one header are held
 * at a time. Everything belongs to root, with the modes of the disk, as the docker command sends it.
 *
 * @param onBytes told how many bytes of files were given out
 * @throws Failure naming the file that could not be read, or that became shorter meanwhile
 */
export async function* contextTar(
  context: Context,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const file of contextFiles(context, signal)) {
    if (file.kind === 'file') yield* fileEntry(file, onBytes)
    else if (file.kind === 'replaced') {
      const size = file.content.length
      yield await head({ name: file.path, type: 'file', mode: 0o600, size, mtime: new Date(0) })
      yield file.content
      yield padding(size)
    } else yield await head(headerOf(file))
  }
  yield new Uint8Array(2 * BLOCK_BYTES)
}

async function* fileEntry(
  { path, source, stats }: Extract<ContextFile, { kind: 'file' }>,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  const handle = await open(source).catch((error: unknown) => {
    throw unreadable(source, error)
  })
  try {
    const { size } = await handle.stat()
    yield await head({ name: path, type: 'file', size, ...ownership(stats) })
    for (let at = 0; at < size;) {
      // A new one each time: the last one is on its way to the socket still.
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - at))
      const { bytesRead } = await handle
        .read(chunk, 0, chunk.length, at)
        .catch((error: unknown) => {
          throw unreadable(source, error)
        })
      if (bytesRead === 0) {
        throw new Failure('conflict', say`"${source}" became shorter while it was sent.`, {
          hint: say`Build again when nothing writes to it.`,
        })
      }
      at += bytesRead
      onBytes(bytesRead)
      yield chunk.subarray(0, bytesRead)
    }
    yield padding(size)
  } finally {
    await handle.close()
  }
}

function headerOf(file: Exclude<ContextFile, { kind: 'file' | 'replaced' }>): EntryHeader {
  const common = ownership(file.stats)
  switch (file.kind) {
    case 'folder':
      return { name: `${file.path}/`, type: 'directory', ...common }
    case 'fifo':
      return { name: file.path, type: 'fifo', ...common }
    case 'link':
      return { name: file.path, type: 'symlink', linkname: file.target, ...common }
  }
}

/** Windows has no execute bit: there docker sets it on everything. */
function ownership({ mode, mtime }: { mode: number; mtime: Date }) {
  const bits = mode & MODE_BITS
  return { mode: process.platform === 'win32' ? bits | 0o111 : bits, mtime, uid: 0, gid: 0 }
}

/** The block (several for a long name) before an entry's bytes. */
async function head(header: EntryHeader): Promise<Uint8Array> {
  const tar = pack()
  tar.entry(header)
  await once(tar, 'readable')
  const blocks: Uint8Array[] = []
  for (let block: unknown; (block = tar.read()) !== null;) {
    if (block instanceof Uint8Array) blocks.push(block)
  }
  return Buffer.concat(blocks)
}

function padding(size: number): Uint8Array {
  return new Uint8Array((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES)
}
