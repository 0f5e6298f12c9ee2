import { describe, expect, test } from 'vitest'
import {
  containerSettings,
  type ContainerSettingsInput,
} from '../../../../preload/contract/containerSettings'
import { createBody } from '../../../../main/containers/create/createBody'
import { dockerDialect } from '../../../../main/engines/dialect/docker'
import { podmanDialect } from '../../../../main/engines/dialect/podman'

const made = (more: Partial<ContainerSettingsInput>, dialect = dockerDialect) =>
  createBody(containerSettings.parse({ image: 'nginx', ...more }), dialect)
const body = (...given: Parameters<typeof made>) => made(...given).body

describe('what an engine is asked for', () => {
  test('leaves to the image and the engine what nothing was said of', () => {
    const { networks, body: asked } = made({})
    expect(networks).toEqual({ mode: 'default', first: null, others: [], leave: null })
    for (const field of ['Cmd', 'Entrypoint', 'User', 'WorkingDir', 'Healthcheck', 'StopSignal']) {
      expect(asked).not.toHaveProperty(field)
    }
    for (const field of ['Memory', 'NanoCpus', 'PidsLimit', 'ShmSize', 'Init', 'DeviceRequests']) {
      expect(asked.HostConfig).not.toHaveProperty(field)
    }
  })

  test("takes the image's entrypoint away when it is to be empty", () => {
    expect(body({ entrypoint: [] })).toMatchObject({ Entrypoint: [''] })
  })

  test('mounts as -v does, and as --mount does only what -v cannot say', () => {
    const asked = body({
      mounts: [
        { kind: 'bind', source: '/srv', target: '/data', readOnly: true, options: ['Z'] },
        { kind: 'volume', source: 'named', target: '/named' },
        { kind: 'volume', target: '/unnamed' },
        { kind: 'bind', source: '/a:b', target: '/colon' },
        { kind: 'tmpfs', target: '/tmp', sizeBytes: 1024, readOnly: true },
      ],
    })
    expect(asked).toMatchObject({
      Volumes: { '/unnamed': {} },
      HostConfig: {
        Binds: ['/srv:/data:ro,Z', 'named:/named'],
        Mounts: [{ Type: 'bind', Source: '/a:b', Target: '/colon' }],
        Tmpfs: { '/tmp': 'ro,size=1024' },
      },
    })
  })

  test('publishes one port of the container at several of the host', () => {
    const asked = body({
      ports: [
        { containerPort: 80, hostPort: 8080 },
        { containerPort: 80, hostPort: null, hostIp: '' },
      ],
    })
    expect(asked).toMatchObject({
      ExposedPorts: { '80/tcp': {} },
      HostConfig: {
        PortBindings: {
          '80/tcp': [
            { HostIp: '127.0.0.1', HostPort: '8080' },
            { HostIp: '', HostPort: '' },
          ],
        },
      },
    })
  })

  test('starts with the first network and is connected to the others', () => {
    const { networks, body: asked } = made({
      networks: [
        { name: 'front', aliases: ['web'], ipv4Address: '10.1.0.9' },
        { name: 'back', aliases: ['inner'] },
      ],
    })
    const settings = { Aliases: ['web'], IPAMConfig: { IPv4Address: '10.1.0.9' } }
    expect(asked).toMatchObject({
      HostConfig: { NetworkMode: 'front' },
      NetworkingConfig: { EndpointsConfig: { front: settings } },
    })
    expect(networks.others).toEqual([{ name: 'back', settings: { Aliases: ['inner'] } }])
  })

  test('GPUs: all, a number of them, or chosen ones', () => {
    const gpus = (wanted: ContainerSettingsInput['gpus'], dialect = dockerDialect) =>
      body({ gpus: wanted }, dialect).HostConfig
    const Capabilities = [['gpu']]
    expect(gpus('all')).toMatchObject({ DeviceRequests: [{ Count: -1, Capabilities }] })
    expect(gpus(2)).toMatchObject({ DeviceRequests: [{ Count: 2, Capabilities }] })
    expect(gpus(['GPU-1'])).toMatchObject({
      DeviceRequests: [{ DeviceIDs: ['GPU-1'], Capabilities }],
    })
    expect(gpus(2, podmanDialect)).toMatchObject({
      DeviceRequests: [{ Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=0', 'nvidia.com/gpu=1'] }],
    })
  })

  test('a health check keeps its words apart, also where Podman would split them', () => {
    const check = (test: string | string[]) => ({ healthcheck: { kind: 'check' as const, test } })
    const words = ['test', '-f', '/two words']
    expect(body(check(words))).toMatchObject({ Healthcheck: { Test: ['CMD', ...words] } })
    expect(body(check(words), podmanDialect)).toMatchObject({
      Healthcheck: { Test: ['CMD-SHELL', "test -f '/two words'"] },
    })
    expect(body(check('exit 0'), podmanDialect)).toMatchObject({
      Healthcheck: { Test: ['CMD-SHELL', 'exit 0'], Interval: 0 },
    })
  })
})
