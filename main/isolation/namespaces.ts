import {
  namespaceKinds,
  type Namespace,
  type NamespaceKind,
} from '../../preload/contract/isolation'
import type { ProcFolder } from './procFiles'

export type NamespaceInodes = Map<NamespaceKind, number>

/** A running container of the same engine. */
export interface Neighbour {
  id: string
  name: string
  inodes: NamespaceInodes
}

/**
 * Which namespaces a process is in. The kernel shows them to who may trace the process: throws the
 * system's EACCES to others, ENOENT once the process is gone.
 */
export async function readNamespaceInodes(process: ProcFolder): Promise<NamespaceInodes> {
  const inodes: NamespaceInodes = new Map()
  const links = namespaceKinds.map(async (kind) => {
    const inode = parseNamespaceLink(await process.readLink(`ns/${kind}`))
    if (inode !== null) inodes.set(kind, inode)
  })
  await Promise.all(links)
  return inodes
}

/** `pid:[4026531836]`: the number is the namespace's inode (namespaces(7)). */
export function parseNamespaceLink(link: string): number | null {
  const [, inode] = /^[a-z_]+:\[(\d+)\]$/.exec(link) ?? []
  return inode === undefined ? null : Number(inode)
}

/** Whose each namespace is. `host` is null where the machine's own cannot be read. */
export function compareNamespaces(
  own: NamespaceInodes,
  host: NamespaceInodes | null,
  neighbours: readonly Neighbour[],
): Namespace[] {
  return namespaceKinds.map((kind) => {
    const inode = own.get(kind) ?? null
    if (inode === null) return { kind, inode, sharing: 'unknown', with: [] }
    if (inode === host?.get(kind)) return { kind, inode, sharing: 'host', with: [] }
    const others = neighbours.filter(({ inodes }) => inodes.get(kind) === inode)
    if (others.length > 0) {
      const sharers = others.map(({ id, name }) => ({ id, name }))
      return { kind, inode, sharing: 'container', with: sharers }
    }
    return { kind, inode, sharing: host ? 'own' : 'unknown', with: [] }
  })
}
