import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  containerSettings,
  type ContainerSettings,
  type ContainerSettingsInput,
} from '../../../../preload/contract/containerSettings'
import { readLine } from '../../../../renderer/containers/create/line/readLine'
import { writeLine, type LineStyle } from '../../../../renderer/containers/create/line/writeLine'
import { anySettings } from './anySettings'

const docker: LineStyle = { program: 'docker', severalNetworks: true, start: true }
const styles: LineStyle[] = [
  docker,
  { program: 'docker', severalNetworks: false, start: false },
  { program: 'podman', severalNetworks: true, start: true },
]

function read(line: string) {
  const result = readLine(line)
  if (!result.ok) throw new Error(`${line}: ${result.reason}`)
  return result
}

/** What a line says beside the defaults. */
function told(line: string): Partial<ContainerSettings> {
  const { settings } = read(line)
  const usual = containerSettings.parse({ image: 'none' })
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(usual[key as keyof typeof usual]),
    ),
  )
}
const notes = (line: string) => read(line).notes.map(({ kind, text }) => `${kind}: ${text}`)
const written = (more: Partial<ContainerSettingsInput>, style = docker) =>
  writeLine(containerSettings.parse({ image: 'nginx', ...more }), style)

describe('settings written as a line and read again', () => {
  test.each(styles)('are the same: %j', (style) => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const line = writeLine(settings, style)
        const again = read(line)
        expect(again.settings).toEqual(settings)
        expect(again.notes).toEqual([])
        expect(again.start).toBe(style.start)
      }),
    )
  })

  test("with several words of entrypoint are Podman's as they are, and in effect Docker's", () => {
    const settings = containerSettings.parse({
      image: 'nginx',
      entrypoint: ['sh', '-c'],
      command: ['echo $HOME'],
    })
    const podman = read(writeLine(settings, { ...docker, program: 'podman' }))
    expect(podman.settings).toEqual(settings)
    expect(told(writeLine(settings, docker))).toMatchObject({
      entrypoint: ['sh'],
      command: ['-c', 'echo $HOME'],
    })
  })
})

describe('the line', () => {
  test('has an option on each line and quotes what a shell would read otherwise', () => {
    expect(
      written({
        name: 'web',
        ports: [{ containerPort: 80, hostPort: 8080 }],
        environment: [{ name: 'GREETING', value: "it's $5" }],
        command: ['nginx', '-g', 'daemon off;'],
      }),
    ).toBe(
      [
        'docker run --detach \\',
        '  --name web \\',
        '  --publish 127.0.0.1:8080:80 \\',
        String.raw`  --env 'GREETING=it'\''s $5' \ `.trimEnd(),
        "  nginx nginx -g 'daemon off;'",
      ].join('\n'),
    )
  })

  test('connects a container to further networks where run takes one only', () => {
    const networks = [{ name: 'front' }, { name: 'back', aliases: ['db'] }]
    const old = { ...docker, severalNetworks: false }
    expect(written({ name: 'web', networks }, old)).toContain(
      '\ndocker network connect --alias db back web',
    )
    expect(written({ networks }, old)).toContain('back "$(docker ps --latest --quiet)"')
    expect(written({ networks })).toContain('--network front \\\n  --network name=back,alias=db')
  })
})

describe('a pasted line', () => {
  test('as people write it: short options together, with and without spaces and "="', () => {
    expect(told('docker run -itd -p8080:80 -e=A=b -m 64m --name=web nginx sh -c "ls -l"')).toEqual({
      image: 'nginx',
      name: 'web',
      tty: true,
      interactive: true,
      ports: [{ hostIp: '', hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
      environment: [{ name: 'A', value: 'b' }],
      memoryLimitBytes: 64 * 1024 * 1024,
      command: ['sh', '-c', 'ls -l'],
    })
    expect(told('docker run -dp 80:80 nginx')).toMatchObject({ ports: [{ hostPort: 80 }] })
  })

  test.each([
    '$ docker run nginx',
    '# docker run nginx',
    'me@host:~$ docker run nginx',
    'sudo docker run nginx',
    'sudo -E -u me docker run nginx',
    'docker container run nginx',
    '/usr/bin/docker --context far -D run nginx',
    'podman --log-level debug run nginx',
    '# start the web server\n\ndocker \\\n  run \\\n  nginx # here',
    'docker run `\n  nginx',
    'docker run ^\r\n  nginx',
    'docker run -- nginx',
    'FOO=1 docker run nginx',
  ])('is found in: %s', (line) => {
    expect(told(line)).toEqual({ image: 'nginx' })
    expect(notes(line)).toEqual([])
  })

  test('of create makes a container that is not started', () => {
    expect(read('docker create nginx').start).toBe(false)
    expect(read('podman container create nginx').start).toBe(false)
  })

  test.each([
    ['-p 80', [['', null, 80, 'tcp']]],
    ['-p 8080:80/udp', [['', 8080, 80, 'udp']]],
    ['-p 127.0.0.1:8080:80', [['127.0.0.1', 8080, 80, 'tcp']]],
    ['-p 127.0.0.1::80', [['127.0.0.1', null, 80, 'tcp']]],
    ['-p [::1]:8080:80', [['::1', 8080, 80, 'tcp']]],
    [
      '-p 8000-8001:80-81',
      [
        ['', 8000, 80, 'tcp'],
        ['', 8001, 81, 'tcp'],
      ],
    ],
    [
      '-p 80-81',
      [
        ['', null, 80, 'tcp'],
        ['', null, 81, 'tcp'],
      ],
    ],
    ['-p 8000-8005:80', [['', 8000, 80, 'tcp']]],
    ['-p published=8080,target=80,protocol=udp', [['', 8080, 80, 'udp']]],
  ])('%s', (option, expected) => {
    const ports = expected.map(([hostIp, hostPort, containerPort, protocol]) => ({
      hostIp,
      hostPort,
      containerPort,
      protocol,
    }))
    expect(told(`docker run ${option} nginx`).ports).toEqual(ports)
  })

  test.each([
    ['-v /data', { kind: 'volume', source: '', target: '/data' }],
    ['-v name:/data:ro', { kind: 'volume', source: 'name', target: '/data', readOnly: true }],
    ['-v /srv:/data:ro,Z', { kind: 'bind', source: '/srv', readOnly: true, options: ['Z'] }],
    ['-v ./here:/data', { kind: 'bind', source: './here' }],
    [
      String.raw`-v 'C:\data:/data'`,
      { kind: 'bind', source: String.raw`C:\data`, target: '/data' },
    ],
    ['--mount type=bind,src=/srv,dst=/data,readonly', { kind: 'bind', readOnly: true }],
    ['--mount source=name,target=/data', { kind: 'volume', source: 'name' }],
    [`--mount 'type=bind,"source=/a,b",target=/data'`, { kind: 'bind', source: '/a,b' }],
    ['--mount type=tmpfs,dst=/tmp,tmpfs-size=1m', { kind: 'tmpfs', sizeBytes: 1024 ** 2 }],
    ['--tmpfs /tmp:size=64k,ro', { kind: 'tmpfs', sizeBytes: 65_536, readOnly: true }],
  ])('%s', (option, expected) => {
    expect(told(`docker run ${option} nginx`).mounts).toMatchObject([expected])
  })

  test.each<[string, Partial<ContainerSettingsInput>]>([
    ['--entrypoint ""', { entrypoint: [] }],
    [
      '--net host',
      { networks: [{ name: 'host', aliases: [], ipv4Address: null, ipv6Address: null }] },
    ],
    [
      '--network container:web',
      { networks: [{ name: 'container:web', aliases: [], ipv4Address: null, ipv6Address: null }] },
    ],
    [
      '--net-alias db --ip 10.0.0.2 --network back',
      { networks: [{ name: 'back', aliases: ['db'], ipv4Address: '10.0.0.2', ipv6Address: null }] },
    ],
    ['--gpus all', { gpus: 'all' }],
    ['--gpus 2', { gpus: 2 }],
    [`--gpus '"device=0,1"'`, { gpus: ['0', '1'] }],
    [
      '--device /dev/fuse',
      { devices: [{ hostPath: '/dev/fuse', containerPath: '/dev/fuse', permissions: 'rwm' }] },
    ],
    [
      '--device /dev/null:/dev/x:r',
      { devices: [{ hostPath: '/dev/null', containerPath: '/dev/x', permissions: 'r' }] },
    ],
    ['--restart on-failure:3', { restart: { policy: 'on-failure', maximumRetries: 3 } }],
    ['--ulimit nofile=1024', { ulimits: [{ name: 'nofile', soft: 1024, hard: 1024 }] }],
    ['--cpu-quota 50000', { cpuLimitCores: 0.5 }],
    ['--cap-add cap_net_admin', { addedCapabilities: ['NET_ADMIN'] }],
    ['--pids-limit -1', {}],
    ['--no-healthcheck', { healthcheck: { kind: 'none' } }],
    ['--add-host db=10.0.0.1', { extraHosts: [{ host: 'db', address: '10.0.0.1' }] }],
    ['--init=false --rm=true', { autoRemove: true }],
    [
      '--health-cmd "curl -f localhost" --health-interval 1m30s --health-retries 5',
      {
        healthcheck: {
          kind: 'check',
          test: 'curl -f localhost',
          intervalMillis: 90_000,
          timeoutMillis: null,
          startPeriodMillis: null,
          retries: 5,
        },
      },
    ],
  ])('%s', (option, expected) => {
    expect(told(`docker run ${option} nginx`)).toEqual({ image: 'nginx', ...expected })
    expect(notes(`docker run ${option} nginx`)).toEqual([])
  })

  test('says what it does not know, has no field for, or cannot read', () => {
    expect(notes('docker run --frobnicate=1 --userns host -P --cidfile x nginx')).toEqual([
      'unknown: --frobnicate 1',
      'no-field: --userns host',
      'no-field: --publish-all',
      'only-there: --cidfile x',
    ])
    expect(notes('docker run -m lots -p abc --restart never -xz nginx')).toEqual([
      'bad-value: --memory lots',
      'bad-value: --publish abc',
      'bad-value: --restart never',
      'unknown: -xz',
    ])
    expect(notes('docker run -v a:/b:weird -p 8000-8005:80 nginx')).toEqual([
      'no-field: --volume … weird',
      'first-of-range: 8000-8005:80',
    ])
  })

  test('says what has its value elsewhere: in a shell, in a file', () => {
    expect(notes('docker run -e TOKEN --env-file .env -v "$PWD/x":/x -v $(pwd):/y ~/z')).toEqual([
      'from-shell: TOKEN',
      'from-file: --env-file .env',
      'unexpanded: $PWD/x:/x',
      'unexpanded: $(pwd):/y',
      'unexpanded: ~/z',
    ])
    expect(notes(`docker run -e 'A=$B' nginx`)).toEqual([])
  })

  test('says which other commands stand beside it', () => {
    expect(notes('docker pull nginx && docker run nginx\ndocker ps')).toEqual([
      'other-command: docker pull nginx',
      'other-command: docker ps',
    ])
  })

  test.each([
    ['', 'no-command'],
    ['nginx', 'no-command'],
    ['docker ps', 'no-command'],
    ['docker run', 'no-image'],
    ['docker run --name', 'no-image'],
    ['docker run "nginx', 'unclosed-quote'],
    ['docker run nginx \\', 'trailing-backslash'],
  ])('%j is refused: %s', (line, reason) => {
    expect(readLine(line)).toEqual({ ok: false, reason })
  })

  test('whatever it is, is read without failing', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'docker run',
            '-p',
            '--mount',
            '-e',
            '"',
            "'",
            '\\',
            '$(',
            ')',
            ' ',
            '\n',
            'a=b',
            '1:2',
            '-it',
            '--gpus',
            '[',
            'nginx',
            '#',
            '&&',
          ),
        ),
        (parts) => {
          readLine(parts.join(' '))
          readLine(parts.join(''))
        },
      ),
    )
  })
})
