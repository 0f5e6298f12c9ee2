import type { TreeItem } from '../tree/keys'

/** One value of a JSON document. The document itself is no node: its members are on level 1. */
export interface JsonNode extends Omit<TreeItem, 'open'> {
  /** As jq takes it: `.Config.Env[0]`, `.Labels["com.example"]`. */
  path: string
  /** The path of what it is in; empty on level 1. */
  parent: string
  /** The member's name or the item's number. */
  key: string
  kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  /** A string without quotes; of objects and arrays how many members they have. */
  text: string
  value: unknown
}

/** All values of a document, in its order, each before what is in it. */
export function nodesOf(document: unknown): JsonNode[] {
  const nodes: JsonNode[] = []
  addMembers(nodes, document, '', 1)
  return nodes
}

function addMembers(nodes: JsonNode[], of: unknown, parent: string, level: number): void {
  const members = membersOf(of)
  const isArray = Array.isArray(of)
  members.forEach(([key, value], index) => {
    const path = parent + (isArray ? `[${key}]` : step(key))
    const kind = kindOf(value)
    const count = membersOf(value).length
    nodes.push({
      ...{ path, parent, key, level, kind, value },
      text: kind === 'object' || kind === 'array' ? String(count) : String(value),
      hasChildren: count > 0,
      position: index + 1,
      setSize: members.length,
    })
    addMembers(nodes, value, path, level + 1)
  })
}

function membersOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function step(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

function kindOf(value: unknown): JsonNode['kind'] {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'object') return 'object'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'string'
}

/** Those whose surroundings are all open, as lines of a tree. */
export function visibleNodes(
  nodes: readonly JsonNode[],
  open: ReadonlySet<string>,
): (JsonNode & TreeItem)[] {
  const shown = new Set([''])
  return nodes.flatMap((node) => {
    if (!shown.has(node.parent)) return []
    const isOpen = open.has(node.path)
    if (isOpen) shown.add(node.path)
    return [{ ...node, open: isOpen }]
  })
}

/** Paths of the values whose name or text has a text in it, whatever the case. */
export function findNodes(nodes: readonly JsonNode[], search: string): string[] {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return []
  return nodes
    .filter(
      ({ key, text, kind }) =>
        key.toLowerCase().includes(wanted) ||
        (kind !== 'object' && kind !== 'array' && text.toLowerCase().includes(wanted)),
    )
    .map(({ path }) => path)
}

/** Paths of everything that a value is in. */
export function pathsAround(nodes: readonly JsonNode[], path: string): string[] {
  const parents = new Map(nodes.map((node) => [node.path, node.parent]))
  const around: string[] = []
  for (let at = parents.get(path); at !== undefined && at !== ''; at = parents.get(at)) {
    around.push(at)
  }
  return around
}

/** A value as it is copied: texts as they are, all else as JSON. */
export function copyText({ value }: Pick<JsonNode, 'value'>): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
