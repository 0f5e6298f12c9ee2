import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextLink, nextQuery } from '../../../../main/registries/protocol/link'

describe('a link to the next page', () => {
  it.each([
    ['</v2/_catalog?last=b&n=2>; rel="next"', '/v2/_catalog?last=b&n=2'],
    ['</a?x=1>;rel=next', '/a?x=1'],
    ['</first>; rel="first", </a?x=1> ; title="a, b" ; REL="prev Next"', '/a?x=1'],
    ['<https://other.example/a?x=1>; rel="next"', 'https://other.example/a?x=1'],
  ])('is read from %s', (header, target) => {
    expect(nextLink(header)).toBe(target)
  })

  it.each([
    '',
    '</a?x=1>',
    '</a?x=1>; rel="prev"',
    '</a?x=1>; title="; rel=next"',
    '/a?x=1; rel="next"',
    '</a?x=1; rel="next"',
    '</a?x=1>; rel="unfinished',
  ])('is not made out of %j', (header) => {
    expect(nextLink(header)).toBeNull()
  })

  it('is found wherever it stands among others, whatever they hold', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '/', '?', '=', '&', ';', ',', ' ', '<') })
    const other = fc.record({ target: text, title: text })
    fc.assert(
      fc.property(fc.array(other), fc.array(other), text, (before, after, target) => {
        const others = (links: { target: string; title: string }[]) =>
          links.map(({ target: each, title }) => `<${each}>; rel="prev"; title="${title}"`)
        const header = [...others(before), `<${target}>; rel="next"`, ...others(after)].join(', ')
        expect(nextLink(header)).toBe(target)
      }),
    )
  })

  it('never takes long or throws', () => {
    const unit = fc.constantFrom('<', '>', ';', ',', '"', '=', '\\', ' ', 'rel', 'next', 'é')
    fc.assert(fc.property(fc.string({ unit }), (header) => void nextLink(header)))
    const started = performance.now()
    for (const piece of ['<', '<>', '<>;', '<>;a', ' ', ';a=', ';a="\\', '<>;a=b ', ',']) {
      // As long as the headers of an answer may be in all.
      nextLink(piece.repeat(16_384 / piece.length))
      nextLink(`<>${piece.repeat(16_384 / piece.length)}`)
    }
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

describe('what is kept of it', () => {
  it('is its query, so that it leads to no other host or path', () => {
    expect(nextQuery('</v2/_catalog?last=b%2Fc&n=2>; rel="next"')).toBe('last=b%2Fc&n=2')
    expect(nextQuery('<https://other.example/v2/x?next_page=z>; rel="next"')).toBe('next_page=z')
  })

  it.each([null, '', '</v2/_catalog>; rel="next"', '<http://[>; rel="next"'])(
    'is nothing of %j',
    (header) => {
      expect(nextQuery(header)).toBeNull()
    },
  )
})
