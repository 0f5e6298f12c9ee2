/**
 * The commands that fit what was typed, the best first: every word of the query must occur in the
 * label or the detail; those whose label begins with the query come first. All of them if it is empty.
 */
export function matchCommands<Command extends { label: string; detail?: string }>(
  commands: readonly Command[],
  query: string,
): Command[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean)
  const first = wanted[0]
  if (first === undefined) return [...commands]
  return commands
    .map((command) => ({ command, rank: rankOf(command, wanted, first) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command)
}

function rankOf(
  { label, detail = '' }: { label: string; detail?: string },
  wanted: readonly string[],
  first: string,
): number {
  const name = label.toLowerCase()
  const text = `${name} ${detail.toLowerCase()}`
  if (!wanted.every((word) => text.includes(word))) return Infinity
  if (name.startsWith(first)) return 0
  if (name.includes(` ${first}`)) return 1
  return name.includes(first) ? 2 : 3
}
