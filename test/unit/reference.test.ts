import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatReference,
  parseReference,
  registryHost,
  withDefaultTag,
  type Reference,
  type ReferenceProblem,
} from '../../preload/contract/reference'

const hex = '0123456789abcdef'
const sha256 = `sha256:${hex.repeat(4)}`

function parsed(text: string): Reference {
  const result = parseReference(text)
  if (!result.ok) throw new Error(`${text}: ${result.problem}`)
  return result.reference
}

function problemOf(text: string): ReferenceProblem | undefined {
  const result = parseReference(text)
  return result.ok ? undefined : result.problem
}

describe('reading a reference', () => {
  it.each([
    // what is written, domain, path, familiar
    ['nginx', 'docker.io', 'library/nginx', 'nginx'],
    ['docker.io/nginx', 'docker.io', 'library/nginx', 'nginx'],
    ['index.docker.io/library/nginx', 'docker.io', 'library/nginx', 'nginx'],
    ['library/nginx', 'docker.io', 'library/nginx', 'nginx'],
    ['library/distros/debian', 'docker.io', 'library/distros/debian', 'library/distros/debian'],
    ['grafana/loki', 'docker.io', 'grafana/loki', 'grafana/loki'],
    ['docker.io/grafana/loki', 'docker.io', 'grafana/loki', 'grafana/loki'],
    ['localhost/app', 'localhost', 'app', 'localhost/app'],
    ['localhost:5000/a', 'localhost:5000', 'a', 'localhost:5000/a'],
    ['myhost:5000/a', 'myhost:5000', 'a', 'myhost:5000/a'],
    ['myhost/a', 'docker.io', 'myhost/a', 'myhost/a'],
    ['127.0.0.1:5000/team/app', '127.0.0.1:5000', 'team/app', '127.0.0.1:5000/team/app'],
    ['[::1]:5000/x', '[::1]:5000', 'x', '[::1]:5000/x'],
    ['[2001:db8::7]/x', '[2001:db8::7]', 'x', '[2001:db8::7]/x'],
    ['ghcr.io/a/b/c/d/e', 'ghcr.io', 'a/b/c/d/e', 'ghcr.io/a/b/c/d/e'],
    ['xn--n3h.example/shop', 'xn--n3h.example', 'shop', 'xn--n3h.example/shop'],
    ['TEAM/app', 'TEAM', 'app', 'TEAM/app'],
    ['a__b/c---d.e_f', 'docker.io', 'a__b/c---d.e_f', 'a__b/c---d.e_f'],
  ])('understands %s', (text, domain, path, familiar) => {
    expect(parsed(text)).toEqual({ domain, path, name: `${domain}/${path}`, familiar })
  })

  it.each([
    ['nginx:1.27', { tag: '1.27' }],
    ['nginx:Stable_2-Alpine', { tag: 'Stable_2-Alpine' }],
    [`nginx@${sha256}`, { digest: sha256 }],
    [`nginx:1.27@${sha256}`, { tag: '1.27', digest: sha256 }],
    [`nginx@sha512:${hex.repeat(8)}`, { digest: `sha512:${hex.repeat(8)}` }],
    // Without a slash this is no host with a port, but a name with a tag.
    ['localhost:5000', { tag: '5000' }],
  ])('finds tag and digest of %s', (text, expected) => {
    const reference = parsed(text)
    expect({ tag: reference.tag, digest: reference.digest }).toEqual({
      tag: undefined,
      digest: undefined,
      ...expected,
    })
    expect(reference.familiar).toBe(text)
  })

  it('has no tag and no digest where none is written', () => {
    expect(Object.keys(parsed('nginx'))).toEqual(['domain', 'path', 'name', 'familiar'])
  })

  it.each<[string, ReferenceProblem]>([
    ['', 'empty'],
    ['Nginx', 'uppercase'],
    ['docker.io/library/Nginx:1', 'uppercase'],
    ['nginx:', 'invalid-tag'],
    ['nginx:-1', 'invalid-tag'],
    ['nginx:.1', 'invalid-tag'],
    ['nginx:a b', 'invalid-tag'],
    [`nginx:${'t'.repeat(129)}`, 'invalid-tag'],
    ['nginx:1:2', 'invalid-tag'],
    ['nginx@', 'invalid-digest'],
    ['nginx@sha256:abc', 'invalid-digest'],
    [`nginx@md5:${hex.repeat(2)}`, 'invalid-digest'],
    [`nginx@${sha256.toUpperCase()}`, 'invalid-digest'],
    [`nginx@${sha256}:1`, 'invalid-digest'],
    [':1', 'invalid-name'],
    ['/nginx', 'invalid-name'],
    ['nginx/', 'invalid-name'],
    ['a//b', 'invalid-name'],
    ['-nginx', 'invalid-name'],
    ['nginx-', 'invalid-name'],
    ['a..b', 'invalid-name'],
    ['a___b', 'invalid-name'],
    ['a b', 'invalid-name'],
    [' nginx', 'invalid-name'],
    ['nginx\n', 'invalid-name'],
    ['https://ghcr.io/a/b', 'invalid-name'],
    ['[fe80::1%eth0]:5000/x', 'invalid-name'],
    ['host:port/x', 'invalid-name'],
    ['../../etc/passwd', 'invalid-name'],
    ['ghcr.io/a?x=1', 'invalid-name'],
    [`ghcr.io/${'a'.repeat(256)}`, 'too-long'],
    [hex.repeat(4), 'is-image-id'],
    [sha256, 'is-image-id'],
  ])('refuses %j: %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem)
  })

  it('says in a sentence what to change', () => {
    expect(parseReference('Nginx')).toMatchObject({
      message: expect.stringContaining('lower-case') as string,
    })
  })

  it('takes a name of 255 characters, and 64 digits behind a host', () => {
    expect(parsed(`ghcr.io/${'a'.repeat(255)}`).path).toHaveLength(255)
    expect(parsed(`docker.io/${hex.repeat(4)}`).path).toBe(`library/${hex.repeat(4)}`)
  })

  it('takes no time over hostile text', () => {
    const started = performance.now()
    for (const piece of ['a-', 'a_', '__', 'a.', '-', 'a/', ':', '[', 'A']) {
      problemOf(`x.y/${piece.repeat(100_000)}!`)
      problemOf(`${piece.repeat(100_000)}!/x`)
    }
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

describe('writing a reference', () => {
  it('gives the canonical form', () => {
    expect(formatReference(parsed('nginx'))).toBe('docker.io/library/nginx')
    expect(formatReference(parsed(`a/b:1@${sha256}`))).toBe(`docker.io/a/b:1@${sha256}`)
  })

  it('adds the default tag only where neither tag nor digest is', () => {
    expect(withDefaultTag(parsed('nginx'))).toEqual(parsed('nginx:latest'))
    expect(withDefaultTag(parsed('nginx:1'))).toEqual(parsed('nginx:1'))
    expect(withDefaultTag(parsed(`nginx@${sha256}`))).toEqual(parsed(`nginx@${sha256}`))
  })

  it('names the host that credentials are looked up for', () => {
    expect(registryHost(parsed('nginx'))).toBe('docker.io')
    expect(registryHost(parsed('localhost:5000/a'))).toBe('localhost:5000')
    expect(registryHost(parsed('GHCR.io/a/b'))).toBe('ghcr.io')
  })
})

/** The grammar in the head of distribution/reference's reference.go, rule by rule. */
const grammar = (() => {
  const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
  const host = `(?:${domainComponent}(?:\\.${domainComponent})*|\\[[a-fA-F0-9:]+\\])`
  const domain = `${host}(?::[0-9]+)?`
  const pathComponent = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
  const name = `(?:(${domain})/)?(${pathComponent}(?:/${pathComponent})*)`
  const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'
  return new RegExp(`^${name}(?::(\\w[\\w.-]{0,127}))?(?:@(${digest}))?$`)
})()

const letters = 'abcxyz019'
const word = fc.string({
  unit: fc.constantFrom(...Array.from(letters)),
  minLength: 1,
  maxLength: 5,
})
const separated = (separators: string[]) =>
  fc
    .tuple(word, fc.array(fc.tuple(fc.constantFrom(...separators), word), { maxLength: 2 }))
    .map(([first, rest]) => first + rest.flat().join(''))
const port = fc.option(fc.nat(65_535), { nil: undefined })
const anyDomain = fc
  .tuple(
    fc.oneof(
      fc.tuple(separated(['.', '-', '--']), word).map((parts) => parts.join('.')),
      fc.constant('localhost'),
      fc.ipV6().map((address) => `[${address.replace(/[^0-9a-f:]/g, '')}]`),
    ),
    port,
  )
  .map(([host, number]) => (number === undefined ? host : `${host}:${number}`))
const anyPath = fc
  .array(separated(['.', '_', '__', '-', '---']), { minLength: 1, maxLength: 4 })
  .map((components) => components.join('/'))
const anyTag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/)
const anyDigest = fc
  .string({ unit: fc.constantFrom(...Array.from(hex)), minLength: 64, maxLength: 64 })
  .map((digits) => `sha256:${digits}`)

const anyReference = fc
  .record({
    domain: fc.option(anyDomain, { nil: undefined }),
    path: anyPath,
    tag: fc.option(anyTag, { nil: undefined }),
    digest: fc.option(anyDigest, { nil: undefined }),
  })
  .map(({ domain, path, tag, digest }) => {
    const name = domain === undefined ? path : `${domain}/${path}`
    return name + (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`)
  })
  // A first component such as "a_b.c" is a path by the grammar and no possible host: Docker reads it
  // as a reference without any domain, which nothing can pull. It is refused here.
  .filter((text) => !/^[^/]*(?:\.[^/]*[_]|[_][^/]*\.)[^/]*\//.test(text))

describe('any reference of the grammar', () => {
  it('is understood', () => {
    fc.assert(
      fc.property(anyReference, (text) => {
        expect(text).toMatch(grammar)
        expect(parseReference(text)).toMatchObject({ ok: true })
      }),
      { numRuns: 500 },
    )
  })

  it('is split where the grammar splits it', () => {
    fc.assert(
      fc.property(anyReference, (text) => {
        const reference = parsed(text)
        const [, domain, path, tag, digest] = grammar.exec(formatReference(reference)) ?? []
        expect({ domain, path, tag, digest }).toEqual({
          domain: reference.domain,
          path: reference.path,
          tag: reference.tag,
          digest: reference.digest,
        })
      }),
      { numRuns: 500 },
    )
  })

  it('means the same in its canonical and in its familiar form', () => {
    fc.assert(
      fc.property(anyReference, (text) => {
        const reference = parsed(text)
        expect(parsed(formatReference(reference))).toEqual(reference)
        expect(parsed(reference.familiar)).toEqual(reference)
      }),
      { numRuns: 500 },
    )
  })
})

describe('any other text', () => {
  const mutated = fc
    .tuple(
      anyReference,
      fc.nat(),
      fc.constantFrom('', ...Array.from('/:@.-_[] %A\n\0é🐳')),
      fc.constantFrom(0, 1),
    )
    .map(([text, place, inserted, removed]) => {
      const at = place % (text.length + 1)
      return text.slice(0, at) + inserted + text.slice(at + removed)
    })

  it('is refused, or is a reference of the grammar', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          mutated,
          fc.string({ unit: fc.constantFrom(...Array.from('aA0/:@.-_[] %\0é🐳')) }),
        ),
        (text) => {
          const result = parseReference(text)
          if (result.ok) expect(formatReference(result.reference)).toMatch(grammar)
          else expect(result.message).toMatch(/^[A-Z].*\.$/)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
