import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import {
  containerSettings,
  type ContainerSettingsInput,
} from '../../../../preload/contract/containerSettings'
import { serviceName, writeCompose } from '../../../../renderer/containers/create/compose'
import { anySettings } from './anySettings'

const written = (more: Partial<ContainerSettingsInput>) =>
  writeCompose(containerSettings.parse({ image: 'nginx', ...more }))

/** compose-spec schema/compose-spec.json, `definitions.service`: those that are written here. */
const serviceFields = [
  ...['image', 'container_name', 'entrypoint', 'command', 'working_dir', 'user', 'group_add'],
  ...['hostname', 'environment', 'labels', 'ports', 'volumes', 'tmpfs', 'networks', 'network_mode'],
  ...['dns', 'dns_search', 'dns_opt', 'extra_hosts', 'cpus', 'cpu_shares', 'cpuset', 'mem_limit'],
  ...['mem_reservation', 'memswap_limit', 'pids_limit', 'shm_size', 'restart', 'healthcheck'],
  ...['stop_signal', 'stop_grace_period', 'devices', 'deploy', 'privileged', 'cap_add'],
  ...['cap_drop', 'security_opt', 'read_only', 'init', 'tty', 'stdin_open', 'pid', 'ipc'],
  ...['ulimits', 'sysctls'],
]

test('says what was said, in the names of the compose specification', () => {
  expect(
    written({
      name: 'web',
      image: 'nginx:1.27',
      ports: [{ containerPort: 80, hostPort: 8080 }],
      environment: [{ name: 'DEBUG', value: 'yes' }],
      mounts: [
        { kind: 'volume', source: 'data', target: '/data' },
        { kind: 'bind', source: '/srv/a:b', target: '/srv', readOnly: true },
        { kind: 'tmpfs', target: '/tmp', sizeBytes: 65_536 },
      ],
      networks: [{ name: 'front' }, { name: 'back', aliases: ['db'] }],
      restart: { policy: 'on-failure', maximumRetries: 3 },
      healthcheck: { kind: 'check', test: ['curl', '-f', 'localhost'], intervalMillis: 90_000 },
      memoryLimitBytes: 64 * 1024 * 1024,
      gpus: 'all',
    }),
  ).toBe(`services:
  web:
    image: nginx:1.27
    container_name: web
    environment:
      DEBUG: "yes"
    ports:
      - 127.0.0.1:8080:80
    volumes:
      - data:/data
      - type: bind
        source: /srv/a:b
        target: /srv
        read_only: true
    tmpfs:
      - /tmp:size=65536
    networks:
      front: null
      back:
        aliases:
          - db
    mem_limit: 64m
    restart: on-failure:3
    healthcheck:
      test:
        - CMD
        - curl
        - -f
        - localhost
      interval: 90s
    deploy:
      resources:
        reservations:
          devices:
            - count: all
              capabilities:
                - gpu
volumes:
  data:
    name: data
networks:
  front:
    external: true
  back:
    external: true
`)
})

test('quotes what YAML would read otherwise, and keeps compose from filling in variables', () => {
  const environment = [
    'no',
    '1e3',
    '22:22',
    '0x1F',
    'null',
    '~',
    '#',
    '$HOME',
    '${A}',
    ' a ',
    'a: b',
  ]
  const text = written({
    environment: environment.map((value, index) => ({ name: `V${index}`, value })),
    ports: [{ containerPort: 22, hostPort: 22, hostIp: '' }],
  })
  expect(text).toContain('"22:22"')
  for (const version of ['1.1', '1.2'] as const) {
    const file = parse(text, { version }) as {
      services: { nginx: { environment: Record<string, string>; ports: unknown } }
    }
    const read = Object.values(file.services.nginx.environment)
    expect(read.map((value) => value.replaceAll('$$', '$'))).toEqual(environment)
    expect(file.services.nginx.ports).toEqual(['22:22'])
  }
})

test('whatever was said, is YAML with known fields and every text as it was', () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const file = parse(writeCompose(settings), { version: '1.1' }) as {
        services: Record<string, Record<string, unknown>>
      }
      const service = file.services[serviceName(settings)] ?? {}
      for (const field of Object.keys(service)) expect(serviceFields).toContain(field)
      expect(service.image).toBe(settings.image)
      expect(service.command ?? []).toEqual(
        settings.command.map((word) => word.replaceAll('$', '$$$$')),
      )
      expect(service.labels ?? {}).toEqual(
        Object.fromEntries(
          Object.entries(settings.labels).map(([key, value]) => [
            key,
            value.replaceAll('$', '$$$$'),
          ]),
        ),
      )
    }),
  )
})

test('the network of the host or of another container is a mode', () => {
  expect(written({ networks: [{ name: 'host' }] })).toContain('network_mode: host')
  expect(written({ networks: [{ name: 'container:web' }] })).toContain(
    'network_mode: container:web',
  )
})

test('a service has the name of the container, or of the image', () => {
  const named = (more: Partial<ContainerSettingsInput>) =>
    serviceName(containerSettings.parse({ image: 'nginx', ...more }))
  expect(named({ name: 'web' })).toBe('web')
  expect(named({ image: 'localhost:5000/team/app:1@sha256:' + 'a'.repeat(64) })).toBe('app')
})
