import type { LayerEntry } from '../../preload/contract/layers'

/** What is known of a folder; null while it is read. */
export type Folders = ReadonlyMap<string, { entries: readonly LayerEntry[]; total: number } | null>

/** One visible line of the tree. */
export type TreeLine =
  | {
      kind: 'entry'
      /** From the image's root on, which is the empty path. */
      path: string
      /** 1 for what lies in the root, as `aria-level` counts. */
      level: number
      position: number
      setSize: number
      entry: LayerEntry
      open: boolean
    }
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
      const isOpen = entry.hasChildren && open.has(path)
      const place = { path, level, position: at + 1, setSize: known.total }
      lines.push({ kind: 'entry', ...place, entry, open: isOpen })
      if (isOpen) add(path, level + 1)
    }
    const count = known.total - known.entries.length
    if (count > 0) lines.push({ kind: 'hidden', path: folder, level, count })
  }
  add('', 1)
  return lines
}

export type TreeAction = { do: 'go'; path: string } | { do: 'open' | 'close'; path: string } | null

/**
 * What a key means in the tree, as the ARIA Authoring Practices tell ("Tree View Pattern"): right opens,
 * then goes in; left closes, then goes out; Enter opens and closes.
 *
 * @param current path of the line that has the focus; null: none yet.
 */
export function keyAction(
  lines: readonly TreeLine[],
  current: string | null,
  key: string,
): TreeAction {
  const entries = lines.filter((line) => line.kind === 'entry')
  const at = entries.findIndex(({ path }) => path === current)
  const line = entries[at]
  const go = (to: { path: string } | undefined): TreeAction =>
    to === undefined ? null : { do: 'go', path: to.path }
  if (key === 'Home') return go(entries[0])
  if (key === 'End') return go(entries.at(-1))
  if (line === undefined) return key === 'ArrowDown' || key === 'ArrowUp' ? go(entries[0]) : null
  const { path, entry, open, level } = line
  if (key === 'ArrowDown') return go(entries[at + 1])
  if (key === 'ArrowUp') return go(entries[at - 1])
  if (key === 'ArrowRight') {
    if (!entry.hasChildren) return null
    return open ? go(entries[at + 1]) : { do: 'open', path }
  }
  if (key === 'ArrowLeft') {
    if (open) return { do: 'close', path }
    return go(entries.slice(0, at).findLast((before) => before.level < level))
  }
  if (key === 'Enter' && entry.hasChildren) return { do: open ? 'close' : 'open', path }
  return null
}
