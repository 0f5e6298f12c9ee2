import { describe, expect, it } from 'vitest'
import {
  apiHost,
  canonicalHost,
  hostOfKey,
  isLoopback,
  serverAddress,
} from '../../../main/registries/hosts'

describe('the host of a registry', () => {
  it('is docker.io under all names of Docker Hub', () => {
    for (const host of ['docker.io', 'Docker.IO', 'index.docker.io', 'registry-1.docker.io']) {
      expect(canonicalHost(host)).toBe('docker.io')
    }
    expect(canonicalHost('hub.example.com')).toBe('hub.example.com')
  })

  it('of Docker Hub has one name in files and another in the network', () => {
    expect(serverAddress('docker.io')).toBe('https://index.docker.io/v1/')
    expect(apiHost('docker.io')).toBe('registry-1.docker.io')
    expect(serverAddress('ghcr.io')).toBe('ghcr.io')
    expect(apiHost('localhost:5000')).toBe('localhost:5000')
  })

  it.each([
    ['https://index.docker.io/v1/', 'docker.io'],
    ['index.docker.io/v1/', 'docker.io'],
    ['docker.io', 'docker.io'],
    ['ghcr.io', 'ghcr.io'],
    ['GHCR.io/', 'ghcr.io'],
    ['https://ghcr.io', 'ghcr.io'],
    ['http://localhost:5000/v2/', 'localhost:5000'],
    ['[::1]:5000', '[::1]:5000'],
    // Podman's key for a part of a registry: not for the whole host.
    ['quay.io/team', null],
    ['quay.io/team/app', null],
    ['', null],
  ])('is read from the key %j as %j', (key, host) => {
    expect(hostOfKey(key)).toBe(host)
  })

  it.each(['localhost', 'localhost:5000', 'LOCALHOST', '127.0.0.1:80', '127.9.9.9', '[::1]:5000'])(
    '%s is this machine',
    (host) => {
      expect(isLoopback(host)).toBe(true)
    },
  )

  it.each([
    'example.com',
    'localhost.example.com',
    '127.0.0.1.example.com',
    '127.example.com',
    '10.0.0.1',
    '128.0.0.1',
    '[::2]:5000',
    '[::ffff:8.8.8.8]',
    '0.0.0.0',
    '',
  ])('%j is another machine', (host) => {
    expect(isLoopback(host)).toBe(false)
  })
})
