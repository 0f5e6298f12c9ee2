/** A line of JSON in short: what it says, and the rest as `key=value`. */
export interface JsonSummary {
  message: string | null
  rest: string
}

/** A line of the unfolded text of a JSON value. */
export interface JsonRow {
  /** How deep it stands. */
  depth: number
  key: string | null
  /** The value, or the bracket that opens or closes. */
  text: string
  kind: 'string' | 'number' | 'literal' | 'bracket'
}

/** What programs call the words that are meant for people. */
const messageKeys = ['message', 'msg', '@m', '@message', 'log', 'text', 'event', 'body']
/** Shown beside the line already, or of no use there. */
const hiddenKeys = new Set([
  ...['level', 'lvl', 'severity', 'log.level', '@l', '@timestamp', '@t'],
  ...['time', 'timestamp', 'ts', 'asctime', 'datetime', 'date', 'v'],
])
/** More is not laid out: a line of 64 KiB may hold 30,000 values. */
const mostRows = 500

/** The object of a line; undefined where it is none after all. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function summarise(object: Readonly<Record<string, unknown>>): JsonSummary {
  const messageKey = messageKeys.find((key) => typeof object[key] === 'string')
  const rest = Object.entries(object)
    .filter(([key]) => key !== messageKey && !hiddenKeys.has(key.toLowerCase()))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : inShort(value)}`)
  return {
    message: messageKey === undefined ? null : String(object[messageKey]),
    rest: rest.join(' '),
  }
}

/** As JSON, unless it is nested deeper than that can be written. */
function inShort(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return '…'
  }
}

/** @returns The rows, and whether there are more than can be shown. */
export function unfold(object: Readonly<Record<string, unknown>>): {
  rows: JsonRow[]
  more: boolean
} {
  const rows: JsonRow[] = []
  add(rows, object, null, 0)
  return { rows: rows.slice(0, mostRows), more: rows.length > mostRows }
}

function add(rows: JsonRow[], value: unknown, key: string | null, depth: number): void {
  if (rows.length > mostRows) return
  const entries = entriesOf(value)
  if (entries === null) {
    rows.push({ depth, key, text: JSON.stringify(value), kind: kindOf(value) })
    return
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  if (entries.length === 0) {
    rows.push({ depth, key, text: open + close, kind: 'bracket' })
    return
  }
  rows.push({ depth, key, text: open, kind: 'bracket' })
  for (const [name, each] of entries) add(rows, each, name, depth + 1)
  rows.push({ depth, key: null, text: close, kind: 'bracket' })
}

function entriesOf(value: unknown): [string | null, unknown][] | null {
  if (Array.isArray(value)) return value.map((each: unknown) => [null, each])
  return isObject(value) ? Object.entries(value) : null
}

function kindOf(value: unknown): JsonRow['kind'] {
  if (typeof value === 'string') return 'string'
  return typeof value === 'number' ? 'number' : 'literal'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
