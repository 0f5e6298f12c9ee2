import { describe, expect, it } from 'vitest'
import { apiUrl, hostnameOf } from '../../../main/registries/firstContact'

describe('where the protocol of a registry begins', () => {
  it.each([
    ['docker.io', 'https://registry-1.docker.io/v2/', 'registry-1.docker.io'],
    ['ghcr.io', 'https://ghcr.io/v2/', 'ghcr.io'],
    ['localhost:5000', 'https://localhost:5000/v2/', 'localhost'],
    ['[::1]:5000', 'https://[::1]:5000/v2/', '[::1]'],
  ])('is, for %s, %s', (host, url, hostname) => {
    expect(apiUrl('https', host).href).toBe(url)
    expect(hostnameOf(host)).toBe(hostname)
  })

  it.each(['', 'a b', 'ann@evil.example', 'example.com/path', 'example.com?x', 'example.com#x'])(
    'is nowhere for %j',
    (host) => {
      expect(() => apiUrl('https', host)).toThrow('unreachable')
    },
  )
})
