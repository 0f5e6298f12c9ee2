export type ShellWords =
  { ok: true; words: string[] } | { ok: false; reason: 'unclosed-quote' | 'trailing-backslash' }

/** In double quotes a backslash escapes these only (POSIX shell, 2.2.3). */
const escapableInQuotes = new Set(['"', '\\', '$', '`'])

/**
 * Splits a command line into words as a POSIX shell quotes them: 'single', "double", back\ slash.
 * Nothing is expanded: no variables, no globs, no pipes. The words go to the container as they are.
 */
export function splitShellWords(line: string): ShellWords {
  const words: string[] = []
  let word: string | null = null
  let quote: "'" | '"' | null = null

  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index)
    const next = line.charAt(index + 1)
    if (quote === null && /\s/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else if (quote === null && (character === "'" || character === '"')) {
      quote = character
      word ??= ''
    } else if (character === quote) {
      quote = null
    } else if (character === '\\' && quote === null) {
      if (next === '') return { ok: false, reason: 'trailing-backslash' }
      word = (word ?? '') + next
      index++
    } else if (character === '\\' && quote === '"' && escapableInQuotes.has(next)) {
      word = (word ?? '') + next
      index++
    } else {
      word = (word ?? '') + character
    }
  }

  if (quote !== null) return { ok: false, reason: 'unclosed-quote' }
  if (word !== null) words.push(word)
  return { ok: true, words }
}

/** Writes words as one line that `splitShellWords` splits into the same words. */
export function joinShellWords(words: readonly string[]): string {
  return words
    .map((word) =>
      /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`,
    )
    .join(' ')
}
