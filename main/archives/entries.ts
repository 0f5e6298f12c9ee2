import { posix } from 'node:path'
import type { Header } from 'tar-stream'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { readTar } from '../streams/readTar'

/** More entries than any root file system has. */
const MOST_ENTRIES = 5_000_000
const BLOCK_BYTES = 512

/** An entry of a tar, with what it holds where `keep` asked for it. */
export interface TarEntry {
  /** Without `./` before it and `/` behind it. */
  name: string
  type: Header['type']
  bytes: number
  /** Of a link. */
  target: string
  content: Buffer | null
  attributes: Pick<Header, 'uid' | 'gid' | 'mode' | 'mtime'>
}

/**
 * Reads a tar from end to end with the memory of one entry.
 *
 * @param keep how many bytes of an entry are wanted at most; 0: none. One that is larger is refused
 * @param each told of every entry in turn
 * @throws Failure (`invalid-input`) for what is no tar, is cut off, or has an entry whose name leads out
 */
export async function readEntries(
  content: AsyncIterable<Buffer>,
  keep: (name: string) => number,
  each: (entry: TarEntry) => void,
  signal: AbortSignal,
): Promise<void> {
  let entries = 0
  let ending: Buffer = Buffer.alloc(0)
  async function* watched(): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      ending = chunk.length >= BLOCK_BYTES ? chunk : Buffer.concat([ending, chunk])
      ending = ending.subarray(-BLOCK_BYTES)
      yield chunk
    }
  }
  await readTar(
    watched(),
    async (header, stream) => {
      if (++entries > MOST_ENTRIES) throw refused(say`has too many entries`)
      checkName(header.name)
      const wanted = keep(plainName(header.name))
      if (wanted > 0 && header.size > wanted) {
        throw refused(say`describes itself in a file that is too large (${header.name})`)
      }
      const chunks: Buffer[] = []
      for await (const chunk of stream) if (wanted > 0) chunks.push(chunk as Buffer)
      each(entryOf(header, wanted > 0 ? Buffer.concat(chunks) : null))
    },
    unreadable,
    signal,
  )
  // A tar that was cut off between two entries lacks the zeros at its end.
  if (entries > 0 && ending.length === BLOCK_BYTES && ending.every((byte) => byte === 0)) return
  throw new Failure('invalid-input', say`The archive is empty or cut off.`, {
    hint: say`Copy or save it again.`,
  })
}

function unreadable(error: unknown): Failure {
  return new Failure('invalid-input', say`This is no tar archive, or it is damaged or cut off.`, {
    ...(error instanceof Error && { engineMessage: error.message, cause: error }),
    hint: say`Choose a file that "docker save" or "docker export" wrote, or save it again.`,
  })
}

/** What is refused, in words. */
export function refused(why: string): Failure {
  return new Failure('invalid-input', say`The archive ${why}.`, {
    hint: say`Nothing of it was used. Take it from somebody whom you trust.`,
  })
}

/** The place that a link leads to, from the archive's root on; null where it leads out of it. */
export function linkTarget({
  name,
  type,
  target,
}: Pick<TarEntry, 'name' | 'type' | 'target'>): string | null {
  if (target.startsWith('/')) return null
  // A hard link is written from the root on, a symbolic one from its own folder.
  const path = posix.normalize(type === 'link' ? target : posix.join(posix.dirname(name), target))
  return path === '..' || path.startsWith('../') || path.startsWith('/') ? null : path
}

function checkName(name: string): void {
  if (name.startsWith('/') || /^[a-z]:[\\/]/i.test(name)) {
    throw refused(say`has an absolute path (${name.slice(0, 200)})`)
  }
  if (name.split(/[\\/]/).includes('..')) {
    throw refused(say`has a path that leads out of it (${name.slice(0, 200)})`)
  }
}

function plainName(name: string): string {
  return posix.normalize(name).replace(/\/$/, '')
}

function entryOf(header: Header, content: Buffer | null): TarEntry {
  const { uid, gid, mode, mtime } = header
  return {
    attributes: { uid, gid, mode, mtime },
    name: plainName(header.name),
    type: header.type,
    bytes: header.size,
    target: header.linkname,
    content,
  }
}
