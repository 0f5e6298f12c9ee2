import { MOST_CHILDREN, MOST_FOUND, type LayerEntry } from '../../preload/contract/layers'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { pathOf } from './entries'
import { viewOf, type LayerStack, type Node, type View } from './layerStack'

/** What lies in a folder, all the way down. */
interface Within {
  sizeBytes: number
  changes: number
}

/** The entries of one folder, folders first, by name. */
export function childrenOf(
  stack: LayerStack,
  view: View,
  folder: string,
  changedOnly: boolean,
): { entries: LayerEntry[]; total: number } {
  checkLayer(stack, view)
  const node = stack.find(pathOf(folder))
  if (!node || !viewOf(node, view)) throw new Failure('not-found', say`The folder is not there.`)
  const entries: LayerEntry[] = []
  for (const child of node.children?.values() ?? []) {
    const entry = entryOf(child, view)
    if (entry && (!changedOnly || isChanged(entry))) entries.push(entry)
  }
  entries.sort(byKindAndName)
  return { entries: entries.slice(0, MOST_CHILDREN), total: entries.length }
}

/** The first paths that hold a text, folder by folder in the order of their names. */
export function findPaths(
  stack: LayerStack,
  view: View,
  text: string,
  changedOnly: boolean,
): { found: (LayerEntry & { path: string })[]; more: boolean } {
  checkLayer(stack, view)
  const sought = text.toLowerCase()
  const found: (LayerEntry & { path: string })[] = []
  let more = false
  const search = (folder: Node, above: string): void => {
    const children = [...(folder.children?.values() ?? [])]
    children.sort((a, b) => compare(a.name, b.name))
    for (const child of children) {
      const path = `${above}/${child.name}`
      if (path.toLowerCase().includes(sought)) {
        const entry = entryOf(child, view)
        if (entry && (!changedOnly || isChanged(entry))) {
          more = found.length === MOST_FOUND
          if (!more) found.push({ ...entry, path })
        }
      }
      if (more) return
      search(child, path)
    }
  }
  search(stack.root, '')
  return { found, more }
}

function checkLayer(stack: LayerStack, view: View): void {
  if (view === 'all' || view < stack.layers) return
  throw new Failure('not-found', say`The image has ${stack.layers} layers.`)
}

function entryOf(node: Node, view: View): LayerEntry | null {
  const seen = viewOf(node, view)
  if (!seen) return null
  const { meta, change } = seen
  const within =
    meta.kind === 'folder'
      ? withinOf(node, view, change === 'removed')
      : { sizeBytes: 0, changes: 0 }
  return {
    name: node.name,
    kind: meta.kind,
    sizeBytes: meta.sizeBytes + within.sizeBytes,
    mode: meta.mode,
    uid: meta.uid,
    gid: meta.gid,
    target: meta.target,
    change,
    changesWithin: within.changes,
    hasChildren:
      meta.kind === 'folder' &&
      [...(node.children?.values() ?? [])].some((child) => viewOf(child, view)),
  }
}

/** Bytes are of what is there; in a removed folder, of what was. */
function withinOf(folder: Node, view: View, removed: boolean): Within {
  const within: Within = { sizeBytes: 0, changes: 0 }
  for (const child of folder.children?.values() ?? []) {
    const seen = viewOf(child, view)
    if (!seen) continue
    if (seen.change !== 'unchanged') within.changes++
    if (removed || seen.change !== 'removed') within.sizeBytes += seen.meta.sizeBytes
    const deeper = withinOf(child, view, removed)
    within.sizeBytes += deeper.sizeBytes
    within.changes += deeper.changes
  }
  return within
}

function isChanged({ change, changesWithin }: LayerEntry): boolean {
  return change !== 'unchanged' || changesWithin > 0
}

function byKindAndName(a: LayerEntry, b: LayerEntry): number {
  const folders = Number(b.kind === 'folder') - Number(a.kind === 'folder')
  return folders || compare(a.name, b.name)
}

/** As file systems order bytes, more or less: the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
