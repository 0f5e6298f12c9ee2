import { describe, expect, test } from 'vitest'
import { engineIdOf, formatEndpoint, parseEndpoint } from '../../../main/engines/endpoint'
import { negotiate } from '../../../main/engines/handshake'
import { compareVersions } from '../../../main/engines/versions'

describe('an engine address', () => {
  test.each([
    ['/run/docker.sock', 'unix:///run/docker.sock'],
    ['unix:///run/docker.sock', 'unix:///run/docker.sock'],
    ['tcp://10.0.0.1:2375', 'tcp://10.0.0.1:2375'],
    ['tcp://[::1]:2375', 'tcp://[::1]:2375'],
    ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/docker_engine'],
    ['\\\\.\\pipe\\docker_engine', 'npipe:////./pipe/docker_engine'],
    ['npipe://\\\\.\\pipe\\podman-machine-default', 'npipe:////./pipe/podman-machine-default'],
    ['tcp://engine:80', 'tcp://engine:80'],
    ['ssh://server', 'ssh://server'],
    ['ssh://ann@server:2222/', 'ssh://ann@server:2222'],
    [
      'ssh://core@[::1]:22/run/user/1000/podman/podman.sock',
      'ssh://core@[::1]:22/run/user/1000/podman/podman.sock',
    ],
  ])('%s is read, and written %s', (text, written) => {
    expect(formatEndpoint(parseEndpoint(text))).toBe(written)
  })

  test.each([
    '',
    'docker.sock',
    'unix://relative',
    'tcp://host',
    'ssh://',
    'ssh://ann:secret@host',
    'ssh://-oProxyCommand=x',
    'ssh://-ann@host',
    'ssh://host?x',
    'http://x:1',
    'tcp://:5',
  ])('%j is refused in words', (text) => {
    expect(() => parseEndpoint(text)).toThrow(/not an engine address/)
  })

  test('two spellings of one address have one id', () => {
    const ids = ['/a.sock', 'unix:///a.sock'].map((text) => engineIdOf(parseEndpoint(text)))
    expect(new Set(ids).size).toBe(1)
    expect(ids[0]).toMatch(/^[a-f0-9]{12}$/)
  })
})

describe('the API version', () => {
  test.each([
    ['1.41', '1.12', '1.41'],
    ['1.52', '1.44', '1.52'],
    ['1.60', '1.44', '1.52'],
  ])('engine up to %s from %s: %s', (newest, oldest, agreed) => {
    expect(negotiate(newest, oldest)).toBe(agreed)
  })

  test('an engine too old or too new is incompatible, and the sentence says which to update', () => {
    expect(() => negotiate('1.39', '1.12')).toThrow(/Longshore needs 1\.40/)
    expect(() => negotiate('1.99', '1.53')).toThrow(/needs API 1\.53/)
  })

  test('1.9 comes before 1.41', () => {
    expect(compareVersions('1.9', '1.41')).toBeLessThan(0)
    expect(compareVersions('2.0', '1.99')).toBeGreaterThan(0)
    expect(compareVersions('1.41', '1.41')).toBe(0)
  })
})
