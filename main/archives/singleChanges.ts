/** A word of a Dockerfile's line, with its quotes. */
const WORD = /(?:[^\s"'\\]|\\.|"(?:\\.|[^"\\])*"|'[^']*')+/g

/** `ENV A=1 B=2` in its parts; null for an instruction that is no list of pairs. */
export function pairsOf(change: string): { instruction: string; words: string[] } | null {
  const [, instruction, rest = ''] = /^(env|label)\s+(.*)$/i.exec(change) ?? []
  const words = rest.match(WORD) ?? []
  if (instruction === undefined || words.length === 0) return null
  return words.every((word) => word.indexOf('=') > 0) ? { instruction, words } : null
}

/**
 * `ENV A=1 B=2` as `ENV A=1` and `ENV B=2`, labels likewise; every other instruction as it is. Docker means
 * the same by both. Podman reads one pair only, and would make it `A` with the value `1 B=2` (measured on
 * 4.3.1).
 */
export function singleChanges(changes: readonly string[]): string[] {
  return changes.flatMap((change) => {
    const pairs = pairsOf(change)
    if (!pairs || pairs.words.length === 1) return [change]
    return pairs.words.map((word) => `${pairs.instruction} ${word}`)
  })
}
