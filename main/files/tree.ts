import type { Header } from 'tar-stream'
import type { FileEntry } from '../../preload/contract/files'
import { fromUnixMode } from './fileMode'
import { folderOf, joined, nameOf, plainPath } from './paths'

/** What is kept of one archive at most; beyond it only the folder's own entries are. */
const MOST_KEPT = 200_000

/** What an archive of a folder tells, folder by folder. */
export class FileTree {
  readonly #folders = new Map<string, Map<string, FileEntry>>()
  readonly #root: string
  #kept = 0

  /** @param root the folder that the archive is of, as the person knows it */
  constructor(root: string) {
    this.#root = root
    this.#folders.set(root, new Map())
  }

  get root(): string {
    return this.#root
  }

  /** False: deeper folders are not all there. */
  get whole(): boolean {
    return this.#kept <= MOST_KEPT
  }

  /**
   * @param name of the entry, from the root on
   * @param tellsOwners false where the engine writes root for everybody
   */
  add(header: Header, tellsOwners: boolean): void {
    const relative = plainPath(`/${header.name}`)
    if (relative === '/') return
    const path = this.#root === '/' ? relative : this.#root + relative
    const folder = folderOf(path)
    if (folder !== this.#root && ++this.#kept > MOST_KEPT) return
    const entry = entryOf(header, nameOf(path), tellsOwners)
    if (header.type === 'link') this.#fillLink(entry, header.linkname)
    const siblings = this.#folders.get(folder) ?? new Map<string, FileEntry>()
    this.#folders.set(folder, siblings.set(entry.name, entry))
    if (entry.kind === 'folder' && !this.#folders.has(path)) this.#folders.set(path, new Map())
  }

  /** Null where the archive has no such folder. */
  entriesOf(folder: string): FileEntry[] | null {
    const entries = this.#folders.get(folder)
    return entries ? [...entries.values()] : null
  }

  /** A hard link's bytes stand where the archive has the file first. */
  #fillLink(entry: FileEntry, target: string): void {
    const path = joined(this.#root, plainPath(`/${target}`).slice(1))
    const file = this.#folders.get(folderOf(path))?.get(nameOf(path))
    entry.sizeBytes = file?.sizeBytes ?? null
  }
}

function entryOf(header: Header, name: string, tellsOwners: boolean): FileEntry {
  const kind = kindOf(header.type)
  return {
    name,
    // What is no UTF-8 was replaced when the header was read.
    inexact: name.includes('\ufffd'),
    kind,
    mode: fromUnixMode(header.mode & 0o7777).mode,
    sizeBytes: kind === 'file' ? header.size : null,
    uid: tellsOwners ? header.uid : null,
    gid: tellsOwners ? header.gid : null,
    user: null,
    group: null,
    modifiedAt: header.mtime.getTime(),
    linkTarget: kind === 'link' ? header.linkname : '',
  }
}

function kindOf(type: Header['type']): FileEntry['kind'] {
  switch (type) {
    case 'directory':
      return 'folder'
    case 'symlink':
      return 'link'
    case 'block-device':
    case 'character-device':
      return 'device'
    case 'fifo':
      return 'fifo'
    case 'file':
    case 'contiguous-file':
    case 'link':
    // Whatever nobody here knows.
    default:
      return 'file'
  }
}
