/** A word of a Dockerfile's line, with its quotes. */
const WORD = /(?:[^\s"'\\]|\\.|"(?:\\.|[^"\\])*"|'[^']*')+/g

/**
 * `ENV A=1 B=2` as `ENV A=1` and `ENV B=2`, labels likewise; every other instruction as it is. Docker means
 * the same by both. Podman reads one pair only, and would make it `A` with the value `1 B=2` (measured on
 * 4.3.1).
 */
export function singleChanges(changes: readonly string[]): string[] {
  return changes.flatMap((change) => {
    const [, instruction = '', rest = ''] = /^(env|label)\s+(.*)$/i.exec(change) ?? []
    const pairs = rest.match(WORD) ?? []
    const separate = pairs.length > 1 && pairs.every((pair) => pair.indexOf('=') > 0)
    return separate ? pairs.map((pair) => `${instruction} ${pair}`) : [change]
  })
}
