import type { BrowserContext } from 'playwright-core'
import type { WordTree } from '../../renderer/words/types'

const accents: Readonly<Record<string, string>> = {
  ...{ a: 'åå', e: 'éé', i: 'îî', o: 'öö', u: 'ûû', y: 'ýý' },
  ...{ A: 'ÅÅ', E: 'ÉÉ', I: 'ÎÎ', O: 'ÖÖ', U: 'ÛÛ', c: 'ç', n: 'ñ', s: 'š', S: 'Š', C: 'Ç' },
}

/** `{name}`, `{'@'}` and the line between two forms stay; vowels double, which is 40 % more. */
function stretched(sentence: string): string {
  return sentence
    .split('|')
    .map((form) => {
      const [, before = '', text = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(form) ?? []
      const letters = text.replaceAll(/\{[^}]*\}|[a-z]/gi, (part) => accents[part] ?? part)
      return `${before}[${letters}]${after}`
    })
    .join('|')
}

function pseudoOf(tree: WordTree): WordTree {
  return Object.fromEntries(
    Object.entries(tree).map(([key, entry]) => {
      // Behind numbers, where a word of the language is never longer than four letters.
      if (key === 'timeUnits') return [key, entry]
      return [key, typeof entry === 'string' ? stretched(entry) : pseudoOf(entry)]
    }),
  )
}

/** Gives pages that ask for the German words a made-up language instead: `[Îmååçéš]`. */
export async function speakPseudo(context: BrowserContext, english: WordTree): Promise<void> {
  const body = `export const german = ${JSON.stringify(pseudoOf(english))}`
  await context.route(/\/assets\/german-[^/]+\.js/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body }),
  )
}
