import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { registryAuthHeader, registryConfigHeader } from '../../../main/registries/credential'

const decode = (header: string): unknown => JSON.parse(Buffer.from(header, 'base64url').toString())

const alice = { kind: 'password', username: 'alice', password: 'pa:ss/wörd' } as const

const anyText = fc.string({ unit: fc.constantFrom('>', '?', '~', ':', '"', 'a', 'é', '🐳') })

describe('the header that carries a credential', () => {
  it('holds user name, password and the server', () => {
    expect(decode(registryAuthHeader(alice, 'localhost:5000'))).toEqual({
      username: 'alice',
      password: 'pa:ss/wörd',
      serveraddress: 'localhost:5000',
    })
  })

  it('names Docker Hub as docker does', () => {
    expect(decode(registryAuthHeader(alice, 'docker.io'))).toMatchObject({
      serveraddress: 'https://index.docker.io/v1/',
    })
  })

  it('holds an identity token instead of a password', () => {
    const token = { kind: 'identity-token', token: 'refresh me' } as const
    expect(decode(registryAuthHeader(token, 'example.azurecr.io'))).toEqual({
      identitytoken: 'refresh me',
      serveraddress: 'example.azurecr.io',
    })
  })

  it('is an empty object where nobody is logged in', () => {
    expect(decode(registryAuthHeader(null, 'ghcr.io'))).toEqual({})
  })

  it('is base64 of the URL alphabet with padding, which Go demands', () => {
    fc.assert(
      fc.property(anyText, anyText, (username, password) => {
        const header = registryAuthHeader({ kind: 'password', username, password }, 'ghcr.io')
        expect(header).toMatch(/^[A-Za-z0-9_-]+={0,2}$/)
        expect(header.length % 4).toBe(0)
      }),
    )
    expect(registryAuthHeader({ ...alice, password: '>>>???~~~' }, 'ghcr.io')).toMatch(/[_-]/)
  })

  it('of a build holds every registry under its own name', () => {
    const bob = { kind: 'password', username: 'bob', password: 'b' } as const
    const header = registryConfigHeader([
      { host: 'docker.io', credential: alice },
      { host: 'localhost:5000', credential: bob },
    ])
    expect(decode(header)).toMatchObject({
      'https://index.docker.io/v1/': { username: 'alice' },
      'localhost:5000': { username: 'bob', serveraddress: 'localhost:5000' },
    })
  })
})
