import type { LayerEntry } from '../../preload/contract/layers'
import type { TreeItem } from '../ui/tree/keys'

/** What is known of a folder; null while it is read. */
export type Folders = ReadonlyMap<string, { entries: readonly LayerEntry[]; total: number } | null>

/** One visible line of the tree. */
export type TreeLine =
  /** Its path goes from the image's root on, which is the empty path. */
  | (TreeItem & { kind: 'entry'; entry: LayerEntry })
  /** Stands in for what is not there yet, or was too much to send. */
  | { kind: 'reading'; path: string; level: number }
  | { kind: 'hidden'; path: string; level: number; count: number }

export const joinPath = (folder: string, name: string) =>
  folder === '' ? name : `${folder}/${name}`

/** The lines of everything that is open, in the order of the screen. */
export function linesOf(folders: Folders, open: ReadonlySet<string>): TreeLine[] {
  const lines: TreeLine[] = []
  const add = (folder: string, level: number) => {
    const known = folders.get(folder)
    if (known === undefined) return
    if (known === null) {
      lines.push({ kind: 'reading', path: folder, level })
      return
    }
    for (const [at, entry] of known.entries.entries()) {
      const path = joinPath(folder, entry.name)
      const { hasChildren } = entry
      const isOpen = hasChildren && open.has(path)
      const place = { path, level, position: at + 1, setSize: known.total }
      lines.push({ kind: 'entry', ...place, entry, hasChildren, open: isOpen })
      if (isOpen) add(path, level + 1)
    }
    const count = known.total - known.entries.length
    if (count > 0) lines.push({ kind: 'hidden', path: folder, level, count })
  }
  add('', 1)
  return lines
}
