import { describe, expect, test } from 'vitest'
import { creationOf } from '../../../main/containers/recreation/createBody'
import { imageChanges } from '../../../main/containers/recreation/imageChanges'
import { NamedImages } from '../../../main/containers/recreation/namedImages'
import { networkWishes } from '../../../main/containers/recreation/networks'
import { ownSettings } from '../../../main/containers/recreation/ownSettings'
import { keptVolumes } from '../../../main/containers/recreation/volumes'
import { dockerDialect } from '../../../main/engines/dialect/docker'
import {
  inspectedContainer,
  type InspectedConfig,
  type InspectedContainer,
} from '../../../main/engines/dialect/inspection'
import { podmanRecreation } from '../../../main/engines/dialect/recreation'
import { keptFor, keptNameOf } from '../../../preload/contract/recreation'
import { image, imageIdOf } from '../renderer/fixtures'

const [first, second] = [imageIdOf('a'), imageIdOf('b')]
const id = 'c'.repeat(64)

interface Told {
  Config?: InspectedConfig
  HostConfig?: Record<string, unknown>
  Mounts?: unknown[]
  Networks?: Record<string, unknown>
}

function told({ Config = {}, HostConfig = {}, Mounts = [], Networks = {} }: Told) {
  return inspectedContainer.parse({
    Id: id,
    Created: '2026-01-01T00:00:00Z',
    Name: '/web',
    Image: first,
    State: { Running: true },
    Config: { Hostname: id.slice(0, 12), ...Config },
    HostConfig,
    Mounts,
    NetworkSettings: { Networks },
  })
}

const own = (config: InspectedConfig, defaults: InspectedConfig) =>
  ownSettings(told({ Config: config }), defaults)

describe('a newer image', () => {
  const images = new NamedImages([
    image({ id: second, references: ['nginx:latest', 'localhost/own:1'] }),
  ])
  const newerThan = (name: string, imageId: string | null = first) =>
    images.newerThan({ image: name, imageId })

  test('is the one that the name means now, however the name is written', () => {
    for (const name of ['nginx', 'nginx:latest', 'docker.io/library/nginx', 'localhost/own:1']) {
      expect(newerThan(name)).toBe(second)
    }
  })

  test('is none for the same image, another tag, an id, a digest or a name that is gone', () => {
    expect(newerThan('nginx', second)).toBeNull()
    expect(newerThan('nginx', null)).toBeNull()
    for (const name of ['nginx:1.27', second, `nginx@${second}`, `nginx:latest@${first}`, 'gone']) {
      expect(newerThan(name)).toBeNull()
    }
  })
})

describe('what a container has of its own', () => {
  test('is its environment and labels without those of its image', () => {
    const settings = own(
      { Env: ['A=1', 'B=own'], Labels: { given: 'yes', made: 'x' } },
      { Env: ['A=1', 'B=2'], Labels: { made: 'x' } },
    )
    expect(settings).toMatchObject({ Env: ['B=own'], Labels: { given: 'yes' } })
  })

  test('is its command only where it differs from the image’s, or its entrypoint does', () => {
    const defaults = { Entrypoint: ['run'], Cmd: ['serve'] }
    expect(own(defaults, defaults)).not.toHaveProperty('Cmd')
    expect(own({ ...defaults, Cmd: ['other'] }, defaults)).toMatchObject({ Cmd: ['other'] })
    expect(own({ Entrypoint: ['other'], Cmd: ['serve'] }, defaults)).toMatchObject({
      Entrypoint: ['other'],
      Cmd: ['serve'],
    })
    expect(own({ Entrypoint: null, Cmd: ['serve'] }, defaults)).toMatchObject({ Entrypoint: [''] })
  })

  test('is no stop signal, folder or check that is the image’s in the engine’s own words', () => {
    const settings = own(
      { StopSignal: '3', WorkingDir: '/', Healthcheck: { Test: ['CMD', 'x'], Timeout: 30e9 } },
      { StopSignal: 'SIGQUIT', WorkingDir: '', Healthcheck: { Test: ['CMD', 'x'] } },
    )
    expect(settings).not.toHaveProperty('StopSignal')
    expect(settings).not.toHaveProperty('WorkingDir')
    expect(settings).not.toHaveProperty('Healthcheck')
    const every = { Test: ['CMD', 'x'], Interval: 5e9 }
    expect(own({ Healthcheck: every }, { Healthcheck: { Test: ['CMD', 'x'] } })).toMatchObject({
      Healthcheck: { Interval: 5e9 },
    })
  })

  test('is its host name, unless the engine made it of the id', () => {
    expect(own({ Hostname: 'given' }, {})).toMatchObject({ Hostname: 'given' })
    expect(own({}, {})).not.toHaveProperty('Hostname')
  })

  test('is no exposed port of the image, unless it is published', () => {
    const container = told({
      Config: { ExposedPorts: { '80/tcp': {}, '81/tcp': {}, '82/tcp': {} } },
      HostConfig: { PortBindings: { '81/tcp': [] } },
    })
    const settings = ownSettings(container, { ExposedPorts: { '80/tcp': {}, '81/tcp': {} } })
    expect(Object.keys(settings.ExposedPorts ?? {})).toEqual(['81/tcp', '82/tcp'])
  })
})

describe('the volumes of a container made again', () => {
  test('are all given by name, once each, and read-only as before', () => {
    const volume = (Name: string, Destination: string, RW = true) => ({
      Type: 'volume',
      Name,
      Destination,
      RW,
    })
    const kept = keptVolumes(
      told({
        HostConfig: {
          Binds: ['/etc:/host:ro', 'data:/data'],
          Mounts: [{ Type: 'volume', Target: '/mnt' }],
        },
        Mounts: [
          volume('data', '/data'),
          volume('1f', '/mnt'),
          volume('2f', '/unnamed'),
          volume('3f', '/fixed', false),
        ],
      }),
    )
    expect(kept.Binds).toEqual(['/etc:/host:ro', 'data:/data', '2f:/unnamed', '3f:/fixed:ro'])
    expect(kept.Mounts).toEqual([{ Type: 'volume', Target: '/mnt', Source: '1f' }])
  })
})

describe('the networks of a container made again', () => {
  const { recreation } = dockerDialect
  const wishes = (container: InspectedContainer) =>
    networkWishes(container, (endpoint, isFirst) =>
      recreation.fixedAddresses(endpoint, {
        configuredMac: isFirst ? container.Config.MacAddress : undefined,
        keepUntold: false,
      }),
    )

  test('keep chosen addresses and aliases, and none that the engine gave', () => {
    const networks = wishes(
      told({
        Config: { MacAddress: '02:11:22:33:44:55' },
        HostConfig: { NetworkMode: 'front' },
        Networks: {
          back: {
            Aliases: [id.slice(0, 12)],
            IPAddress: '10.0.0.2',
            MacAddress: '02:42:0a:00:00:02',
          },
          front: {
            Aliases: ['www'],
            IPAMConfig: { IPv4Address: '10.1.0.9' },
            IPAddress: '10.1.0.9',
          },
        },
      }),
    )
    expect(networks).toEqual({
      mode: 'front',
      first: {
        name: 'front',
        settings: {
          Aliases: ['www'],
          IPAMConfig: { IPv4Address: '10.1.0.9' },
          MacAddress: '02:11:22:33:44:55',
        },
      },
      others: [{ name: 'back', settings: {} }],
      leave: null,
    })
  })

  test('are none for one that has another’s or the host’s', () => {
    for (const NetworkMode of ['host', 'none', `container:${id}`]) {
      expect(wishes(told({ HostConfig: { NetworkMode }, Networks: { host: {} } }))).toEqual({
        mode: NetworkMode,
        first: null,
        others: [],
        leave: null,
      })
    }
  })

  test('are left again where it was taken off its only one', () => {
    const networks = wishes(told({ HostConfig: { NetworkMode: 'front' } }))
    expect(networks).toMatchObject({ mode: 'front', first: null, leave: 'front' })
  })
})

test('links and the label of Compose are written as a new container takes them', () => {
  const composed = { 'com.docker.compose.image': first, 'com.docker.compose.service': 'web' }
  const { body } = creationOf(
    told({ Config: { Labels: composed }, HostConfig: { Links: ['/db:/web/store'] } }),
    {
      before: { id: first, createdAt: null, config: {} },
      after: { id: second, createdAt: null, config: {} },
      reference: 'nginx:1',
    },
    dockerDialect,
    { keepAddresses: true },
  )
  expect(body).toMatchObject({
    Image: 'nginx:1',
    Labels: { ...composed, 'com.docker.compose.image': second },
    HostConfig: { Links: ['db:store'] },
  })
})

test('what Podman adds to what it tells is taken out, and the size of the log put in', () => {
  const { Config, HostConfig } = podmanRecreation.settings(
    told({
      Config: { Hostname: 'h', Env: ['OWN=1', 'container=podman', 'TERM=xterm', 'HOSTNAME=h'] },
      HostConfig: {
        NanoCpus: 5e8,
        CpuQuota: 50_000,
        MemorySwappiness: -1,
        PidMode: 'private',
        Ulimits: [{ Name: 'RLIMIT_NOFILE', Soft: 1, Hard: 2 }],
        LogConfig: { Type: 'json-file', Config: null },
      },
    }),
    { HostConfig: { LogConfig: { Size: '1MB' }, CgroupMode: 'host' } },
  )
  expect(Config.Env).toEqual(['OWN=1'])
  expect(HostConfig).toMatchObject({
    NanoCpus: 0,
    CpuQuota: 50_000,
    MemorySwappiness: null,
    PidMode: '',
    Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }],
    LogConfig: { Type: 'json-file', Config: { 'max-size': '1MB' } },
    CgroupnsMode: 'host',
  })
})

test('two images are compared in what they give, secrets masked', () => {
  const changes = imageChanges(
    { Env: ['A=1', 'API_TOKEN=old', 'GONE=1'], Cmd: ['a'], ExposedPorts: { '80/tcp': {} } },
    { Env: ['A=2', 'API_TOKEN=new'], Cmd: ['a'], Volumes: { '/data': {} } },
    { Env: ['A=mine'] },
  )
  const change = (
    field: string,
    name: string,
    before: unknown,
    after: unknown,
    overridden = false,
  ) => ({
    field,
    name,
    before,
    after,
    overridden,
  })
  expect(changes).toEqual([
    change('environment', 'A', '1', '2', true),
    change('environment', 'API_TOKEN', '••••••••', '••••••••'),
    change('environment', 'GONE', '1', null),
    change('port', '80/tcp', '80/tcp', null),
    change('volume', '/data', null, '/data'),
  ])
})

describe('the old container', () => {
  const one = (name: string, createdAt: number, state = 'exited') => ({ name, createdAt, state })

  test('gets the next free name, cut to what engines take', () => {
    expect(keptNameOf('web', ['web', 'web-before-2', 'web-before-x', 'other-before-7'])).toBe(
      'web-before-3',
    )
    expect(keptNameOf('w'.repeat(255), [])).toHaveLength(255)
  })

  test('is the latest one of that name that is older and does not run', () => {
    const now = one('web', 10, 'running')
    const all = [now, one('web-before-1', 1), one('web-before-2', 2), one('db-before-3', 1)]
    expect(keptFor(now, all)?.name).toBe('web-before-2')
    expect(keptFor(now, [...all, one('web-before-4', 3, 'running')])?.name).toBe('web-before-2')
    expect(keptFor(now, [...all, one('web-before-5', 11)])?.name).toBe('web-before-2')
    expect(keptFor(one('db', 10), [])).toBeNull()
  })
})
