import { expect, test } from 'vitest'
import type { Sentences } from '../../../preload/contract/say'
import { german } from '../../../main/words/german'
import { germanCatalogues, sourceOf, speakingSources, templatesIn, unsaidIn } from './sources'

const sources = speakingSources()
const said = sources.flatMap((source) => templatesIn(source).all)

/** They speak to who started them in a terminal, to developers, or by typed words of their own. */
const othersWords =
  /^main\/(?:serve|serve\/.*|launch|engines\/ensure|application\/diagnostics|shell\/.*)\.ts$/

test('every sentence is there in German', () => {
  const missing = said.filter(({ text }) => !(text in german))
  expect(missing).toEqual([])
})

test('no German sentence is left over', () => {
  const templates = new Set(said.map(({ text }) => text))
  expect(Object.keys(german).filter((text) => !templates.has(text))).toEqual([])
})

test('a German sentence holds what the English one holds', () => {
  const others = Object.entries(german).filter(
    ([english, other]) => String(valuesOf(english)) !== String(valuesOf(other)),
  )
  expect(others).toEqual([])
})

test('each German sentence stands in one catalogue, and each catalogue is spoken', async () => {
  const catalogues = await Promise.all(
    germanCatalogues().map(
      async (path) => ((await import(path)) as { default: Sentences }).default,
    ),
  )
  const all = catalogues.flatMap((catalogue) => Object.keys(catalogue))
  expect(all.toSorted()).toEqual(Object.keys(german).toSorted())
})

test('nothing is said while a module is loaded: the language is not known then', () => {
  expect(sources.flatMap((source) => templatesIn(source).atLoad)).toEqual([])
})

test('nothing that a person reads is left in English', () => {
  const checked = sources.filter(({ path }) => !othersWords.test(path))
  expect(checked.flatMap(unsaidIn)).toEqual([])
})

test.for([
  "new Failure('conflict', 'There is one already.')",
  "new Failure('conflict', isFile ? 'a file is there' : say`There is one.`)",
  'const failure = { hint: `Use ${name} instead` }',
  "const words = { full: 'The disk is full.' }",
])('what nobody translates is found: %s', (text) => {
  expect(unsaidIn(sourceOf('example.ts', text))).toHaveLength(1)
})

test.for([
  "new Failure('conflict', say`There is one already.`)",
  "throw new TypeError('A stream has no end.')",
  "log.warn({ error }, 'The file could not be read.')",
  "const program = 'echo a b'",
])('what nobody has to translate is let be: %s', (text) => {
  expect(unsaidIn(sourceOf('example.ts', text))).toEqual([])
})

/** The values that a sentence has, in whatever order. */
function valuesOf(sentence: string): string[] {
  return (sentence.match(/\{\d\}/g) ?? []).toSorted()
}
