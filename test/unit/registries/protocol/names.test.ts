import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkedDigest,
  checkedReference,
  isDigest,
  nameOf,
  pathOf,
} from '../../../../main/registries/protocol/names'

const digest = `sha256:${'0a'.repeat(32)}`

describe('a path', () => {
  it.each(['app', 'team/app', 'a/b/c/d', 'a.b/c__d/e---f', 'sha256', 'library/nginx'])(
    'is made of the repository %s',
    (repository) => {
      expect(pathOf(repository, 'manifests', 'x')).toBe(`${repository}/manifests/x`)
    },
  )

  it.each([
    ...['', '/', 'a/', '/a', 'a//b', '..', '../a', 'a/../b', 'a/./b', 'A', 'a b', 'a?b', 'a#b'],
    ...['a%2fb', 'a:1', `a@${digest}`, 'a\n', 'a\\b', 'ä', 'a'.repeat(256), 'http://x/y'],
  ])('is not made of the repository %j', (repository) => {
    expect(() => pathOf(repository)).toThrow(/no repository/)
  })

  it('is one that a URL takes as it is, or none', () => {
    const unit = fc.constantFrom('a', 'B', '.', '/', '..', '%', '?', '#', '@', ':', '\\', ' ', '_')
    fc.assert(
      fc.property(fc.string({ unit }), fc.string({ unit }), (repository, reference) => {
        let path
        try {
          path = `/v2/${pathOf(repository, 'manifests', checkedReference(reference))}`
        } catch {
          return
        }
        const url = new URL(path, 'https://registry.example')
        expect(url.pathname + url.search + url.hash).toBe(path)
        expect(path).toBe(`/v2/${repository}/manifests/${reference}`)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a reference', () => {
  it.each(['latest', '1.0', '_x', 'A-b.C', 'sha256-abc', 'a'.repeat(128)])(
    'may be the tag %s',
    (tag) => {
      expect(checkedReference(tag)).toBe(tag)
      expect(isDigest(tag)).toBe(false)
      expect(nameOf('a', tag)).toBe(`a:${tag}`)
    },
  )

  it.each([digest, `sha512:${'0a'.repeat(64)}`])('may be the digest %s', (text) => {
    expect(checkedReference(text)).toBe(text)
    expect(checkedDigest(text)).toBe(text)
    expect(nameOf('a', text)).toBe(`a@${text}`)
  })

  it.each(['', '.x', '-x', 'a/b', 'a b', 'a'.repeat(129), 'ä', `a@${digest}`])(
    'may not be the tag %j',
    (tag) => {
      expect(() => checkedReference(tag)).toThrow(/no (?:tag|digest)/)
    },
  )

  it.each(['', 'latest', digest.slice(0, -1), `${digest}/x`, digest.toUpperCase(), 'md5:abc'])(
    'may not be the digest %j',
    (text) => {
      expect(() => checkedDigest(text)).toThrow(/no digest/)
    },
  )
})
