import type { Amount, EntryChange } from '../../preload/contract/layers'
import { tooLarge, MOST_ENTRIES, type Entry, type LayerEntries, type Meta } from './entries'

/** With the folders that no entry speaks of, and what whiteouts take away. */
const MOST_VERSIONS = 2 * MOST_ENTRIES

/** What a layer made of a path; null: it took it away. */
interface Version {
  layer: number
  meta: Meta | null
}

/** A path of the stack, with all that became of it. */
export interface Node {
  name: string
  children: Map<string, Node> | null
  /** The lowest layer first, one for each layer that touched it. */
  versions: Version[]
}

/** Which layer is looked at: one by its position with those below it, or all of them as one image. */
export type View = number | 'all'

/** A layer's files against those below it. */
export interface Changes {
  added: Amount
  changed: Amount
  removed: Amount
}

/** A folder that no layer has an entry of, only of what lies in it. Engines make it so. */
const UNTOLD_FOLDER: Meta = {
  ...{ kind: 'folder', sizeBytes: 0, mode: 0o755, uid: 0, gid: 0 },
  ...{ target: '', hardLink: false, hash: 0 },
}

/**
 * All layers of an image in one tree, so that the image can be seen as it is with any layer on top.
 *
 * OCI image-spec, layer.md: whiteouts take away what layers below have, never what their own layer has,
 * wherever in the tar they stand. A folder over a folder keeps what is in it; what is no folder takes the
 * place of a folder with all in it, and the other way round.
 */
export class LayerStack {
  readonly root: Node = {
    name: '',
    children: null,
    versions: [{ layer: 0, meta: UNTOLD_FOLDER }],
  }
  /** About what this takes of memory. */
  versions = 0
  layers = 0

  /** The lowest layer first. Returns what it changes of those below. */
  add({ entries, whiteouts, opaque }: LayerEntries): Changes {
    const layer = this.layers++
    const touched = new Set<Node>()
    for (const path of opaque) {
      const folder = this.#find(path)
      if (folder) this.#clear(folder, layer, touched)
    }
    for (const path of whiteouts) {
      const node = this.#find(path)
      if (node) this.#remove(node, layer, touched)
    }
    for (const entry of entries) this.#put(entry, layer, touched)
    return changesOf(touched, layer)
  }

  /** What is at a path, or was; null where nothing ever was. */
  find(path: string): Node | null {
    return path === '' ? this.root : this.#find(path)
  }

  #find(path: string): Node | null {
    if (path === '') return this.root
    let node: Node | null = this.root
    for (const name of path.split('/')) node = node?.children?.get(name) ?? null
    return node
  }

  #put(entry: Entry, layer: number, touched: Set<Node>): void {
    let node = this.root
    let from = 0
    for (;;) {
      const slash = entry.path.indexOf('/', from)
      const last = slash === -1
      const name = entry.path.slice(from, last ? undefined : slash)
      node.children ??= new Map()
      let child = node.children.get(name)
      if (!child) {
        child = { name, children: null, versions: [] }
        node.children.set(name, child)
      }
      node = child
      if (last) break
      if (metaAt(node, layer)?.kind !== 'folder') this.#write(node, layer, UNTOLD_FOLDER, touched)
      from = slash + 1
    }
    if (entry.kind !== 'folder') this.#clear(node, layer, touched)
    this.#write(node, layer, this.#metaOf(entry, layer), touched)
  }

  /** A hard link is the file that it leads to, which its layer has before it. */
  #metaOf(entry: Entry, layer: number): Meta {
    const { kind, sizeBytes, mode, uid, gid, target, hardLink, hash } = entry
    const meta: Meta = { kind, sizeBytes, mode, uid, gid, target, hardLink, hash }
    if (!hardLink) return meta
    const file = this.#find(meta.target.replace(/^(\.?\/)+/, ''))
    const linked = file === null ? null : metaAt(file, layer)
    return linked?.kind === 'file' ? { ...meta, hash: linked.hash } : meta
  }

  #clear(folder: Node, layer: number, touched: Set<Node>): void {
    for (const child of folder.children?.values() ?? []) this.#remove(child, layer, touched)
  }

  #remove(node: Node, layer: number, touched: Set<Node>): void {
    // Nothing can be in what is not there.
    if (metaAt(node, layer) === null) return
    this.#clear(node, layer, touched)
    this.#write(node, layer, null, touched)
  }

  #write(node: Node, layer: number, meta: Meta | null, touched: Set<Node>): void {
    touched.add(node)
    const last = node.versions.at(-1)
    if (last?.layer === layer) last.meta = meta
    else {
      if (++this.versions > MOST_VERSIONS) throw tooLarge()
      node.versions.push({ layer, meta })
    }
  }
}

/** What a path is with this layer on top; null where nothing is there. */
export function metaAt({ versions }: Node, layer: number): Meta | null {
  for (let at = versions.length - 1; at >= 0; at--) {
    const version = versions[at]
    if (version && version.layer <= layer) return version.meta
  }
  return null
}

/**
 * A path in a view, what it is or, where it was taken away, was; null where it neither is nor was there.
 *
 * In the view of one layer, the change is against the layers below it, by kind, content, mode, owner and
 * link, not by times. In the view of all, `changed` is what more than one layer wrote, and `removed` what
 * a layer has but not the image: both take room in vain.
 */
export function viewOf(node: Node, view: View): { meta: Meta; change: EntryChange } | null {
  if (view === 'all') {
    const now = node.versions.at(-1)?.meta
    if (now) {
      const written = node.versions.filter(({ meta }) => meta !== null && meta.kind !== 'folder')
      return { meta: now, change: written.length > 1 ? 'changed' : 'unchanged' }
    }
    const was = node.versions.findLast(({ meta }) => meta !== null)?.meta
    return was ? { meta: was, change: 'removed' } : null
  }
  const [before, after] = [metaAt(node, view - 1), metaAt(node, view)]
  if (after === null) return before === null ? null : { meta: before, change: 'removed' }
  if (before === null) return { meta: after, change: 'added' }
  return { meta: after, change: isSame(before, after) ? 'unchanged' : 'changed' }
}

function isSame(a: Meta, b: Meta): boolean {
  if (a === b) return true
  return (
    a.kind === b.kind &&
    a.hash === b.hash &&
    a.mode === b.mode &&
    a.uid === b.uid &&
    a.gid === b.gid &&
    // A hard link of the same content is the same file.
    (a.kind === 'file' || a.target === b.target)
  )
}

/** Of everything that is no folder; what became one is removed, and what was one before is added. */
function changesOf(touched: ReadonlySet<Node>, layer: number): Changes {
  const changes: Changes = {
    added: { files: 0, bytes: 0 },
    changed: { files: 0, bytes: 0 },
    removed: { files: 0, bytes: 0 },
  }
  const count = (amount: Amount, { sizeBytes }: Meta) => {
    amount.files++
    amount.bytes += sizeBytes
  }
  for (const node of touched) {
    const before = noFolder(metaAt(node, layer - 1))
    const after = noFolder(metaAt(node, layer))
    if (before && !after) count(changes.removed, before)
    else if (!before && after) count(changes.added, after)
    else if (before && after && !isSame(before, after)) count(changes.changed, after)
  }
  return changes
}

function noFolder(meta: Meta | null): Meta | null {
  return meta?.kind === 'folder' ? null : meta
}
