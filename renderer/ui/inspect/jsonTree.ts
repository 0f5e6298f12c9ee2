/** One value of a JSON document. The document itself is no node: its members are on level 1. */
export interface JsonNode {
  /** As jq takes it: `.Config.Env[0]`, `.Labels["com.example"]`. */
  path: string
  /** The path of what it is in; empty on level 1. */
  parent: string
  /** The member's name or the item's number. */
  key: string
  level: number
  kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  /** A string without quotes; of objects and arrays how many members they have. */
  text: string
  value: unknown
  hasChildren: boolean
  /** Its place among its siblings, from 1, and how many these are. */
  position: number
  setSize: number
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

/** Those whose surroundings are all open. */
export function visibleNodes(nodes: readonly JsonNode[], open: ReadonlySet<string>): JsonNode[] {
  const shown = new Set([''])
  return nodes.filter(({ path, parent }) => {
    if (!shown.has(parent)) return false
    if (open.has(path)) shown.add(path)
    return true
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

export type TreeMove = { do: 'go' | 'open' | 'close'; path: string }

/** What a key does in the tree: up, down, first, last, and open or close as file trees do. */
export function moveBy(
  lines: readonly JsonNode[],
  open: ReadonlySet<string>,
  current: string | null,
  key: string,
): TreeMove | null {
  const index = lines.findIndex(({ path }) => path === current)
  const line = lines[index]
  const go = (to: JsonNode | undefined): TreeMove | null =>
    to ? { do: 'go', path: to.path } : null
  switch (key) {
    case 'ArrowDown':
      return go(lines[index + 1])
    case 'ArrowUp':
      return go(lines[Math.max(0, index - 1)])
    case 'Home':
      return go(lines[0])
    case 'End':
      return go(lines.at(-1))
  }
  if (!line) return null
  const isOpen = open.has(line.path)
  if (key === 'ArrowRight' && line.hasChildren) {
    return isOpen ? go(lines[index + 1]) : { do: 'open', path: line.path }
  }
  if (key === 'ArrowLeft') {
    if (isOpen) return { do: 'close', path: line.path }
    return line.parent === '' ? null : { do: 'go', path: line.parent }
  }
  if ((key === 'Enter' || key === ' ') && line.hasChildren) {
    return { do: isOpen ? 'close' : 'open', path: line.path }
  }
  return null
}
