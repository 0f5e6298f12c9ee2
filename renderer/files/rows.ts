import type { FileChange, FileEntry, FilesChanges, FilesMount } from '../../preload/contract/files'
import { folderOf, joined, nameOf } from './paths'

/** A line of the table: an entry, or what the image had there and is gone. */
export interface FileRow {
  /** Unique in the folder. */
  id: string
  path: string
  /** Null: it was deleted, and only the image knows it. */
  entry: FileEntry | null
  name: string
  change: FileChange | null
  mount: FilesMount | null
  /** In the tree of changes: how deep it lies. */
  depth: number
}

export type ChangeMap = ReadonlyMap<string, FileChange>

export function changeMap({ changes }: FilesChanges): ChangeMap {
  return new Map(changes.map(({ path, change }) => [path, change]))
}

/** What a folder shows: its entries, and what was deleted in it. */
export function rowsOf(
  folder: string,
  entries: readonly FileEntry[],
  changes: ChangeMap,
  mounts: readonly FilesMount[],
): FileRow[] {
  const rows = entries.map((entry, at): FileRow => {
    const path = joined(folder, entry.name)
    return {
      // Names that are no UTF-8 may look the same.
      id: entry.inexact ? `${at} ${path}` : path,
      path,
      entry,
      name: entry.name,
      change: changes.get(path) ?? null,
      mount: mounts.find((mount) => mount.path === path) ?? null,
      depth: 0,
    }
  })
  const there = new Set(rows.map(({ path }) => path))
  for (const [path, change] of changes) {
    if (change === 'deleted' && folderOf(path) === folder && !there.has(path)) {
      rows.push(deletedRow(path, 0))
    }
  }
  return rows
}

function deletedRow(path: string, depth: number): FileRow {
  const name = nameOf(path)
  return { id: `deleted ${path}`, path, entry: null, name, change: 'deleted', mount: null, depth }
}

/** All changes as a tree, folders before what is in them, below one folder. */
export function changeRows(folder: string, changes: ChangeMap): FileRow[] {
  const base = folder === '/' ? 0 : folder.split('/').length - 1
  const beginning = folder === '/' ? '/' : `${folder}/`
  return [...changes]
    .filter(([path]) => path.startsWith(beginning) && path !== folder)
    .sort(([a], [b]) => comparePaths(a, b))
    .map(([path, change]): FileRow => {
      const depth = path.split('/').length - 2 - base
      const row = deletedRow(path, depth)
      return change === 'deleted' ? row : { ...row, id: path, change }
    })
}

/** By each name on the way, so that a folder stands right before what is in it. */
function comparePaths(a: string, b: string): number {
  const left = a.split('/')
  const right = b.split('/')
  for (const [at, name] of left.entries()) {
    const other = right[at]
    if (other === undefined) return 1
    if (name !== other) return name < other ? -1 : 1
  }
  return left.length - right.length
}

/** Names that begin with a dot are hidden unless asked for, as `ls` does. */
export function filterRows(rows: readonly FileRow[], search: string, hidden: boolean): FileRow[] {
  const wanted = search.trim().toLowerCase()
  return rows.filter(
    ({ name }) => (hidden || !name.startsWith('.')) && name.toLowerCase().includes(wanted),
  )
}

/** True where nothing of it is asked: it is gone, or its name cannot be said. */
export function isOutOfReach({ entry, change }: FileRow): boolean {
  return change === 'deleted' || entry?.inexact === true
}
