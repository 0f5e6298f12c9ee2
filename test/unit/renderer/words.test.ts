import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { languages } from '../../../preload/contract/settings'
import { words } from '../../../renderer/words'
import { german } from '../../../renderer/words/german'
import type { WordTree } from '../../../renderer/words/types'

const english: WordTree = words.global.getLocaleMessage('en')
const catalogues = { en: english, de: german } satisfies Record<
  (typeof languages)[number],
  WordTree
>

/** The sentences of a tree by their dotted keys. */
function sentences(tree: WordTree, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, entry] of Object.entries(tree)) {
    if (typeof entry === 'string') found.set(path + name, entry)
    else for (const [key, text] of sentences(entry, `${path}${name}.`)) found.set(key, text)
  }
  return found
}

/** The forms of a sentence by number; `{'|'}` is a character and parts none. */
function forms(sentence: string): string[] {
  return sentence.replaceAll(/\{'[^']*'\}/g, '').split('|')
}

/** `{count}` is left out: a form may say the number in a word, as “One image” does. */
function placeholders(form: string): string[] {
  const named = [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  return [...new Set(named)].filter((name) => name !== 'count').sort()
}

/** What a sentence of a catalogue says to a count. Throws where vue-i18n cannot read it. */
function speaker(tree: WordTree) {
  const { global } = createI18n({ legacy: false, locale: 'en', messages: { en: tree } })
  return (key: string, sentence: string, count: number) => {
    const values = Object.fromEntries(placeholders(sentence).map((name) => [name, 'VALUE']))
    return global.t(key, { count, ...values }, count)
  }
}

const expected = sentences(english)

describe.each(Object.entries(catalogues))('the words of %s', (_, tree) => {
  const given = sentences(tree)

  it('have every key, and no other', () => {
    expect([...given.keys()].sort()).toEqual([...expected.keys()].sort())
  })

  it('have the same names in braces in each form, and as many forms', () => {
    const shape = (text: string) => forms(text).map(placeholders)
    const wrong = [...given].filter(
      ([key, text]) =>
        JSON.stringify(shape(text)) !== JSON.stringify(shape(expected.get(key) ?? '')),
    )
    expect(wrong).toEqual([])
  })

  it('are all understood by vue-i18n, and leave nothing unfilled', () => {
    const say = speaker(tree)
    const wrong = [...given].filter(([key, text]) =>
      [0, 1, 2]
        .map((count) => say(key, text, count))
        .some((said) => said === key || /[{}]|^\s*$/.test(said)),
    )
    expect(wrong).toEqual([])
  })

  it('keep what is typed and not read: commands, flags, paths and addresses', () => {
    const wrong = [...given].filter(([key, text]) =>
      verbatim(expected.get(key) ?? '').some((word) => !text.includes(word)),
    )
    expect(wrong).toEqual([])
  })
})

/** What a translation must not touch. */
function verbatim(text: string): string[] {
  return (
    text.match(
      /(?<![\w-])--?[a-z][a-z-]+=?|[a-z]+:\/\/\S+|(?<=\s)\/[a-z][\w/.<>]+|\w+(?:\.\w+)+=\w+/g,
    ) ?? []
  )
}

describe('the test of words', () => {
  it('notices a sentence that vue-i18n cannot read', () => {
    const say = speaker({ sentence: 'Remove {name' })
    expect(() => say('sentence', '', 1)).toThrow()
  })
})
