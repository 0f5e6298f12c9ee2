import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Failure } from '../../../main/errors'
import { LaunchError } from '../../../main/launch'
import { hostileTexts } from './hostile'
import { excused, fuzzedElsewhere, jsonParsers, textParsers } from './parsers'

/** Of each; fast-check prints its seed when one fails. */
const RUNS = 2_000
/** What takes time by the square of it would take minutes for so many characters. */
const LONG = 50_000
const LONG_MILLIS = 10_000

/** Words of the grammars that are read, in any order, between anything. */
const grammar = fc
  .array(
    fc.oneof(
      fc.constantFrom(...hostileTexts('/folder')),
      fc.constantFrom(...Array.from(':/@=,;.-_%"\'\\[]{}()<>|&$#?!* \t\n\r\0')),
      fc.constantFrom(
        ...['docker run', '-v', '--mount', 'type=bind', 'sha256:', 'ssh://', 'tcp://'],
      ),
      fc.constantFrom(
        ...['Bearer realm=', 'rel="next"', 'FROM', 'RUN <<EOF', 'level=', '{"a":', 'ro'],
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

function survives(parse: () => unknown): void {
  try {
    parse()
  } catch (error) {
    // Zod's: an engine's answer that is none.
    const known = [Failure, LaunchError, z.ZodError].some((kind) => error instanceof kind)
    if (!known) throw error
  }
}

describe.each(Object.entries(textParsers))('%s', (_name, parse) => {
  test('takes any text, or refuses it in words', () => {
    fc.assert(
      fc.property(grammar, (text) => survives(() => parse(text))),
      { numRuns: RUNS },
    )
  })

  test('is not held up by a long one', () => {
    const parts = [
      'a',
      ' ',
      '"',
      "'",
      '\\',
      ',',
      ',"',
      '=',
      '/',
      ':',
      '-',
      '\n',
      '0',
      '{',
      '[',
      '$(',
      '\t ',
      'a=',
      '%',
    ]
    for (const part of parts) {
      for (const around of [
        { before: '', after: '' },
        { before: 'a', after: '!' },
        { before: '"', after: '\0' },
      ]) {
        const text = around.before + part.repeat(LONG / part.length) + around.after
        const start = performance.now()
        survives(() => parse(text))
        expect(performance.now() - start, JSON.stringify({ part, ...around })).toBeLessThan(
          LONG_MILLIS,
        )
      }
    }
  })
})

test.each(Object.entries(jsonParsers))(
  '%s takes any JSON, or refuses it in words',
  (_name, parse) => {
    const keys = fc.constantFrom(
      ...[
        'Type',
        'Action',
        'Actor',
        'ID',
        'Attributes',
        'status',
        'id',
        'from',
        'time',
        'timeNano',
      ],
      ...[
        'Titles',
        'Processes',
        'auths',
        'credHelpers',
        'credsStore',
        'auth',
        'manifests',
        'layers',
      ],
      ...[
        'config',
        'digest',
        'size',
        'mediaType',
        'platform',
        'error',
        'errorDetail',
        'progressDetail',
      ],
      ...['current', 'total', 'aux', 'stream', '__proto__', 'constructor'],
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
      ),
    }))
    fc.assert(
      fc.property(value, (json) => survives(() => parse(json))),
      { numRuns: RUNS },
    )
  },
)

test('every parser is fuzzed here or elsewhere, or it is said why not', async () => {
  const files = ['main', 'preload/contract', 'renderer'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`),
  )
  const exported = /^export (?:async )?function\*? ?((?:parse|read|split)[A-Z]\w*)/gm
  const named = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8')
      return [...text.matchAll(exported)].map(([, name = '']) => ({ file, name }))
    }),
  )
  const known = new Set([textParsers, jsonParsers, fuzzedElsewhere, excused].flatMap(Object.keys))
  expect(named.flat().filter(({ name }) => !known.has(name))).toEqual([])
  expect(Object.values(fuzzedElsewhere).filter((file) => !existsSync(file))).toEqual([])
})
