import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { engineIdOf, formatEndpoint, parseEndpoint } from '../../../main/engines/endpoint'
import { negotiate } from '../../../main/engines/handshake'
import { compareVersions } from '../../../main/engines/versions'
import { findPlaces, type Surroundings } from '../../../main/engines/places'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'longshore-places-'))
  return () => rm(home, { recursive: true })
})

const surroundings = (changes: Partial<Surroundings> = {}): Surroundings => ({
  platform: 'linux',
  env: {},
  home,
  uid: 1000,
  ...changes,
})

async function addressesOf(changes: Partial<Surroundings> = {}) {
  return (await findPlaces(surroundings(changes))).map(({ address }) => address)
}

async function writeContext(name: string, host: string, current = true) {
  const digest = createHash('sha256').update(name).digest('hex')
  const folder = join(home, '.docker/contexts/meta', digest)
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, 'meta.json'),
    JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { Host: host } } }),
  )
  if (current) {
    await writeFile(join(home, '.docker/config.json'), JSON.stringify({ currentContext: name }))
  }
}

describe('places where an engine may listen', () => {
  test('Linux: Docker system, rootless, Desktop, Colima, Rancher, OrbStack; Podman system, rootless, machine', async () => {
    const addresses = await addressesOf()
    expect(addresses).toEqual([
      '/var/run/docker.sock',
      '/run/user/1000/docker.sock',
      join(home, '.docker/desktop/docker.sock'),
      join(home, '.docker/run/docker.sock'),
      join(home, '.colima/default/docker.sock'),
      join(home, '.config/colima/default/docker.sock'),
      join(home, '.rd/docker.sock'),
      join(home, '.orbstack/run/docker.sock'),
      '/run/podman/podman.sock',
      '/run/user/1000/podman/podman.sock',
      join(home, '.local/share/containers/podman/machine/podman.sock'),
      '/run/user/1000/podman/podman-machine-default-api.sock',
      '/run/user/1000/podman/podman-machine-default.sock',
    ])
  })

  test('DOCKER_HOST comes before the docker context, which comes before the usual places', async () => {
    await writeContext('colima', 'unix:///somewhere/docker.sock')
    const places = await findPlaces(surroundings({ env: { DOCKER_HOST: 'tcp://10.0.0.1:2375' } }))
    expect(places.slice(0, 2)).toEqual([
      { foundBy: 'DOCKER_HOST', address: 'tcp://10.0.0.1:2375', asked: true },
      { foundBy: 'docker context "colima"', address: 'unix:///somewhere/docker.sock', asked: true },
    ])
  })

  test('DOCKER_CONTEXT beats the configured context', async () => {
    await writeContext('one', 'unix:///one.sock')
    await writeContext('two', 'unix:///two.sock', false)
    expect(await addressesOf({ env: { DOCKER_CONTEXT: 'two' } })).toContain('unix:///two.sock')
  })

  test.each(['', '{', '{"currentContext": 5}', '{"currentContext":"gone"}'])(
    'a config.json of %j changes nothing',
    async (text) => {
      const before = await addressesOf()
      await mkdir(join(home, '.docker'))
      await writeFile(join(home, '.docker/config.json'), text)
      expect(await addressesOf()).toEqual(before)
    },
  )

  test('Windows has named pipes, macOS the sockets in the home folder', async () => {
    expect(await addressesOf({ platform: 'win32', uid: null })).toEqual([
      'npipe:////./pipe/dockerDesktopLinuxEngine',
      'npipe:////./pipe/docker_engine',
      'npipe:////./pipe/podman-machine-default',
    ])
    const mac = await addressesOf({ platform: 'darwin', env: { TMPDIR: '/var/folders/x/T/' } })
    expect(mac).toContain(join(home, '.docker/run/docker.sock'))
    expect(mac).toContain('/var/folders/x/T/podman/podman-machine-default-api.sock')
    expect(mac).not.toContain('/run/podman/podman.sock')
  })
})

describe('an engine address', () => {
  test.each([
    ['/run/docker.sock', 'unix:///run/docker.sock'],
    ['unix:///run/docker.sock', 'unix:///run/docker.sock'],
    ['tcp://10.0.0.1:2375', 'tcp://10.0.0.1:2375'],
    ['tcp://[::1]:2375', 'tcp://[::1]:2375'],
    ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/docker_engine'],
    ['\\\\.\\pipe\\docker_engine', 'npipe:////./pipe/docker_engine'],
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
