import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Header } from 'tar-stream'
import { say, spokenLanguage } from '../../preload/contract/say'
import { Failure } from '../errors'
import { readTar } from '../streams/readTar'
import { unreadable } from './damaged'

/** What is kept of an image at most: of entries in all its layers together, and of their names. */
export const MOST_ENTRIES = 1_000_000
const MOST_NAME_BYTES = 128 * 1024 * 1024

/** Linux' PATH_MAX: no engine can unpack what has a longer name. */
const MOST_PATH_CHARACTERS = 4_096

export interface Meta {
  kind: 'file' | 'folder' | 'symlink' | 'device' | 'pipe'
  /** Of a file, and of a hard link 0: its bytes stand where the file itself does. */
  sizeBytes: number
  mode: number
  uid: number
  gid: number
  /** Of a link. */
  target: string
  /** Of a hard link, whose `kind` is `file`. */
  hardLink: boolean
  /** Of the content: 48 bits of its SHA-1, enough to tell the versions of one file apart. 0: no content. */
  hash: number
}

export interface Entry extends Meta {
  /** From the image's root on, without `/` before it, `.` and `..`. */
  path: string
}

/** What one layer holds. */
export interface LayerEntries {
  /** In the tar's order; one path may come twice, and then the last counts. */
  entries: Entry[]
  /** Paths that the layer takes away from those below it. */
  whiteouts: string[]
  /** Folders of which the layer hides everything that is in them below it. */
  opaque: string[]
  /** Of the files, all that the tar has. */
  sizeBytes: number
}

/** What is left of the bounds, over all layers of one image. */
export class Bounds {
  /** Entries whose names are too long to be unpacked anywhere. */
  leftOut = 0
  #entries = 0
  #nameBytes = 0

  /** @throws Failure (`invalid-input`) for more than is kept */
  take(nameCharacters: number): void {
    this.#nameBytes += nameCharacters
    if (++this.#entries <= MOST_ENTRIES && this.#nameBytes <= MOST_NAME_BYTES) return
    throw tooLarge()
  }
}

export function tooLarge(): Failure {
  return new Failure('invalid-input', say`The image has too many files to be analysed.`, {
    hint: say`Up to ${MOST_ENTRIES.toLocaleString(spokenLanguage())} files and folders in all its layers together are held in memory.`,
  })
}

/** Reads a layer's tar, of which nothing but this table is kept. */
export async function readLayer(
  content: AsyncIterable<Buffer>,
  bounds: Bounds,
  signal: AbortSignal,
): Promise<LayerEntries> {
  const layer: LayerEntries = { entries: [], whiteouts: [], opaque: [], sizeBytes: 0 }
  await readTar(
    content,
    (header, stream) => {
      const entry = entryOf(header)
      const add = (hash: number) => {
        if (entry === null) return
        if (entry.path.length > MOST_PATH_CHARACTERS) bounds.leftOut++
        else addEntry(layer, { ...entry, hash }, bounds)
      }
      if (header.size === 0 || entry?.kind !== 'file') {
        stream.once('end', () => add(0))
        stream.resume()
        return undefined
      }
      const hash = createHash('sha1')
      stream.on('data', (chunk) => hash.update(chunk as Buffer))
      stream.once('end', () => add(hash.digest().readUIntBE(0, 6)))
      return undefined
    },
    unreadable,
    signal,
  )
  return layer
}

/** OCI image-spec, layer.md: what a name with `.wh.` before it means. aufs' own files mean nothing. */
function addEntry(layer: LayerEntries, entry: Entry, bounds: Bounds): void {
  bounds.take(entry.path.length + entry.target.length)
  const folder = posix.join('/', posix.dirname(entry.path)).slice(1)
  const name = posix.basename(entry.path)
  if (name === '.wh..wh..opq') {
    layer.opaque.push(folder)
  } else if (/(^|\/)\.wh\.\.wh\./.test(entry.path)) {
    return
  } else if (name.startsWith('.wh.')) {
    const hidden = name.slice('.wh.'.length)
    if (!['', '.', '..'].includes(hidden)) layer.whiteouts.push(pathOf(`${folder}/${hidden}`))
  } else {
    layer.entries.push(entry)
    layer.sizeBytes += entry.sizeBytes
  }
}

function entryOf(header: Header): Omit<Entry, 'hash'> | null {
  const path = pathOf(header.name)
  if (path === '') return null
  const kind = kindOf(header.type)
  return {
    path,
    kind,
    sizeBytes: kind === 'file' && header.type !== 'link' ? header.size : 0,
    // Linux gives all symbolic links the same, whatever a tar says.
    mode: kind === 'symlink' ? 0o777 : header.mode & 0o7777,
    uid: header.uid,
    gid: header.gid,
    target: header.linkname || '',
    hardLink: header.type === 'link',
  }
}

/** Whatever a name says, its place in the image: nothing leads out of the root. */
export function pathOf(name: string): string {
  return posix.normalize(`/${name}`).replace(/^\/+|\/+$/g, '')
}

function kindOf(type: Header['type']): Meta['kind'] {
  switch (type) {
    case 'directory':
      return 'folder'
    case 'symlink':
      return 'symlink'
    case 'block-device':
    case 'character-device':
      return 'device'
    case 'fifo':
      return 'pipe'
    case 'file':
    case 'contiguous-file':
    case 'link':
      return 'file'
    // Whatever nobody here knows.
    default:
      return 'file'
  }
}
