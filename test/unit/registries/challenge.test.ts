import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChallenges } from '../../../main/registries/challenge'

const plain = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => ({
    scheme,
    ...Object.fromEntries(parameters),
  }))

describe('a challenge', () => {
  it('of Docker Hub is read', () => {
    const header =
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="a:b:pull,push"'
    expect(plain(header)).toEqual([
      {
        scheme: 'bearer',
        realm: 'https://auth.docker.io/token',
        service: 'registry.docker.io',
        scope: 'a:b:pull,push',
      },
    ])
  })

  it('of a registry with htpasswd is read', () => {
    expect(plain('Basic realm="Longshore test bed"')).toEqual([
      { scheme: 'basic', realm: 'Longshore test bed' },
    ])
  })

  it('may stand beside others in one header', () => {
    expect(plain('Negotiate, Basic realm="a, b", BEARER Realm=c , service="d"')).toEqual([
      { scheme: 'negotiate' },
      { scheme: 'basic', realm: 'a, b' },
      { scheme: 'bearer', realm: 'c', service: 'd' },
    ])
  })

  it('may have quotes within quotes, and blanks around the equals sign', () => {
    expect(plain('Basic realm = "say \\"hi\\" \\\\ there"')).toEqual([
      { scheme: 'basic', realm: 'say "hi" \\ there' },
    ])
  })

  it.each(['', '   ', '=', 'realm="x"', '"', ',,,', 'Bearer realm="unfinished'])(
    'is not made out of %j',
    (header) => {
      expect(parseChallenges(header).flatMap(({ parameters }) => [...parameters])).toEqual([])
    },
  )

  it('never takes long or throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(' ', ',', '=', '"', '\\', 'a', '-', 'é', '\0') }),
        (header) => {
          parseChallenges(header)
        },
      ),
    )
    const started = performance.now()
    for (const piece of ['a', 'a ', ' ', ',', 'a=b,', 'a="\\', '"']) {
      parseChallenges(`Basic ${piece.repeat(100_000)}`)
    }
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
