export interface Variable {
  name: string
  value: string
}

export interface DotEnv {
  variables: Variable[]
  /** The lines that hold no variable and no comment, so that nothing is lost silently. */
  skipped: string[]
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' }

/**
 * Reads the text of a .env file as Docker Compose does: comments, `export`, quotes. A value in double
 * quotes knows \n and friends; one in single quotes is taken as it is; ` #` ends one without quotes.
 */
export function parseDotEnv(text: string): DotEnv {
  const variables: Variable[] = []
  const skipped: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const parts = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/.exec(trimmed)
    if (parts?.[1] === undefined) skipped.push(trimmed)
    else variables.push({ name: parts[1], value: unquote(parts[2] ?? '') })
  }
  return { variables, skipped }
}

function unquote(value: string): string {
  const single = /^'([^']*)'/.exec(value)?.[1]
  if (single !== undefined) return single
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(value)?.[1]
  if (double !== undefined) {
    return double.replace(/\\(.)/g, (whole, letter: string) => escapes[letter] ?? whole)
  }
  return value.replace(/(^|\s)#.*$/, '').trim()
}

/** Adds variables to a list of rows: a name that is there already gets the new value, in its place. */
export function mergeVariables(rows: readonly Variable[], added: readonly Variable[]): Variable[] {
  const byName = new Map<string, string>()
  for (const { name, value } of [...rows, ...added]) if (name !== '') byName.set(name, value)
  return [...byName].map(([name, value]) => ({ name, value }))
}
