import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { globMatches, isAbout } from '../../../preload/contract/alertScope'
import { alertRuleDraft } from '../../../preload/contract/alerts'
import { draft } from './rules'

describe('a pattern', () => {
  test.each([
    ['web-*', 'web-1', true],
    ['web-*', 'web-', true],
    ['web-*', 'old-web-1', false],
    ['*web*', 'old-web-1', true],
    ['web-?', 'web-1', true],
    ['web-?', 'web-12', false],
    ['w*b-*-1', 'web-blue-1', true],
    ['w*b-*-1', 'web-blue-12', false],
    ['a.c', 'abc', false],
    ['[a]', 'a', false],
    ['', '', true],
    ['***', '', true],
  ])('%j fits %j: %s', (pattern, text, fits) => {
    expect(globMatches(pattern, text)).toBe(fits)
  })

  test('means the same as the regular expression that it could be', () => {
    const letters = (alphabet: string[]) =>
      fc.array(fc.constantFrom(...alphabet), { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(letters(['a', 'b', '*', '?']), letters(['a', 'b']), (pattern, text) => {
        const source = pattern.replaceAll('*', '.*').replaceAll('?', '.')
        expect(globMatches(pattern, text)).toBe(new RegExp(`^${source}$`).test(text))
      }),
    )
  })

  test('with many stars on a long name that does not fit is answered all the same', () => {
    expect(globMatches(`${'a*'.repeat(100)}b`, 'a'.repeat(255))).toBe(false)
  })
})

describe('a rule is about', () => {
  const subject = { name: 'web-1', labels: { tier: 'front', empty: '', 'a=b': 'c' } }
  test.each([
    [{}, true],
    [{ container: 'web-*' }, true],
    [{ container: 'db' }, false],
    [{ label: 'tier' }, true],
    [{ label: 'tier=fr*' }, true],
    [{ label: 'tier=back' }, false],
    [{ label: 'tier=' }, false],
    [{ label: 'empty=' }, true],
    [{ label: 'missing' }, false],
    [{ label: 'toString' }, false],
    [{ container: 'web-*', label: 'tier=back' }, false],
  ])('containers that fit %j: %s', (changes, about) => {
    expect(isAbout({ ...draft(), ...changes }, subject)).toBe(about)
  })
})

test.each([
  { name: ' ' },
  { name: 'x'.repeat(101) },
  { threshold: Number.NaN },
  { threshold: -1 },
  { forSeconds: 1.5 },
  { forSeconds: 86_401 },
  { container: 'x'.repeat(256) },
  { label: '=value' },
  { label: 'x'.repeat(513) },
])('a rule with %j is refused', (changes) => {
  expect(alertRuleDraft.safeParse(draft()).success).toBe(true)
  expect(alertRuleDraft.safeParse({ ...draft(), ...changes }).success).toBe(false)
})
