import { describe, expect, test } from 'vitest'
import {
  containerSettings,
  type ContainerSettingsInput,
} from '../../../../preload/contract/containerSettings'
import { dangersOf } from '../../../../main/containers/create/dangers'

const dangers = (more: Partial<ContainerSettingsInput>, socket: string | null = '/tmp/own.sock') =>
  dangersOf(containerSettings.parse({ image: 'nginx', ...more }), socket)
const bound = (source: string) => dangers({ mounts: [{ kind: 'bind', source, target: '/x' }] })

describe('what mounts hand over', () => {
  test.each(['/', '//', '/etc/..', '/./'])('%s is the whole host', (source) => {
    expect(bound(source)).toEqual(['host-root'])
  })

  test.each([
    '/var/run/docker.sock',
    '/run',
    '/run/',
    '/var/run',
    '/run/podman',
    '/run/user/1000/docker.sock',
    '/run/user/1000/podman/podman.sock',
    '/run/user/1000',
    '/home/me/.docker/run/docker.sock',
    '/home/me/.colima/default/docker.sock',
    '/tmp/own.sock',
    '/tmp',
  ])("%s reaches an engine's socket", (source) => {
    expect(bound(source)).toEqual(['engine-socket'])
  })

  test.each(['/home/me', 'volume', '/runner', '/var/run/docker.sock.d', '/run/user/1000/app'])(
    '%s is harmless',
    (source) => {
      expect(bound(source)).toEqual([])
    },
  )

  test('a volume or a tmpfs is none of the host, whatever it is called', () => {
    expect(
      dangers({
        mounts: [
          { kind: 'volume', source: 'docker.sock', target: '/a' },
          { kind: 'tmpfs', target: '/run' },
        ],
      }),
    ).toEqual([])
  })
})

describe('what namespaces and rights hand over', () => {
  test('privileged, the network and the processes of the host are told, each by itself', () => {
    expect(dangers({ privileged: true })).toEqual(['privileged'])
    expect(dangers({ networks: [{ name: 'host' }] })).toEqual(['host-network'])
    expect(dangers({ pidNamespace: 'host' })).toEqual(['host-pid'])
  })

  test("another container's are none of the host", () => {
    expect(dangers({ networks: [{ name: 'container:a' }], pidNamespace: 'container:a' })).toEqual(
      [],
    )
  })

  test('all five are told at once', () => {
    expect(
      dangers({
        privileged: true,
        networks: [{ name: 'host' }],
        pidNamespace: 'host',
        mounts: [
          { kind: 'bind', source: '/', target: '/host' },
          { kind: 'bind', source: '/run/docker.sock', target: '/docker.sock' },
        ],
      }),
    ).toEqual(['privileged', 'engine-socket', 'host-root', 'host-network', 'host-pid'])
  })
})
