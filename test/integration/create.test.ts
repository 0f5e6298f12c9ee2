import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Docker from 'dockerode'
import { z } from 'zod'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { RunInput } from '../../preload/contract/containers'
import {
  containerSettings,
  type ContainerSettingsInput,
} from '../../preload/contract/containerSettings'
import { shortNames } from '../../renderer/containers/create/line/otherOptions'
import { isKnown, takesValue } from '../../renderer/containers/create/line/readOptions'
import { writeLine } from '../../renderer/containers/create/line/writeLine'
import { itemsOf, openClient } from '../client'
import { waitFor } from '../bed'
import { maker, newName } from '../e2e/things'
import { endOf } from '../images'

const MIB = 1024 * 1024
const bed = inject('bed')
const run = promisify(execFile)

/** The engines' commands as functions of a shell, speaking to the bed's engines. */
const shellFunctions = [
  'exec </dev/null',
  `docker() { command docker --config ${join(bed.docker.folder, 'cli')} --host unix://${bed.docker.socket} "$@"; }`,
  `podman() { command podman --remote --url unix://${bed.podman.socket} "$@"; }`,
].join('\n')

const shell = async (script: string) =>
  (await run('sh', ['-c', `${shellFunctions}\n${script}`])).stdout.trim()

test.each(['docker', 'podman'])(
  'every option of %s run is known to the reader of lines',
  async (program) => {
    const { stdout } = await run(program, ['run', '--help'])
    const options = [...stdout.matchAll(/^ +(?:-(\w), )? *--([\w-]+)( \S+)? {2,}/gm)]
    expect(options.length).toBeGreaterThan(90)
    for (const [, short, long = '', value] of options) {
      expect([long, isKnown(long), takesValue(long)]).toEqual([long, true, value !== undefined])
      if (short !== undefined) expect([short, shortNames[short]]).toEqual([short, long])
    }
  },
)

describe.each(bed.engines)('a container made on $kind', (engine) => {
  const { cli, removeLater } = maker(engine, bed.busybox)
  const docker = new Docker({ socketPath: engine.socket })

  async function open() {
    const client = await openClient({ engine: engine.socket })
    const { id: engineId } = await client.engine()
    const make = async (settings: Omit<RunInput, 'engineId'>, start = true) => {
      const name = settings.name ?? newName('made')
      removeLater(name)
      const made = await client.api.containers.run({ engineId, ...settings, name, start })
      return { ...made, name }
    }
    return { client, api: client.api, engineId, make }
  }

  async function makeNetwork(subnet: string): Promise<string> {
    const name = newName('net')
    await cli(['network', 'create', '--subnet', subnet, name])
    onTestFinished(async () => {
      await cli(['network', 'rm', name])
    })
    return name
  }

  test('has all that was said of it, equal to what its line makes', async () => {
    const { make } = await open()
    const [front, back] = [await makeNetwork('10.213.1.0/24'), await makeNetwork('10.213.2.0/24')]
    const folder = join(engine.folder, 'bound')
    await mkdir(folder, { recursive: true })
    const volume = newName('volume')
    removeLater(volume)
    const settings = (name: string, ip: string) =>
      containerSettings.parse({
        ...everything(folder, volume),
        // Debian's Podman only recommends catatonit, its init.
        init: engine.kind === 'docker',
        name,
        networks: [
          { name: front, aliases: ['web'], ipv4Address: ip },
          { name: back, aliases: ['inner'] },
        ],
      })
    const ours = await make(settings(newName('ours'), '10.213.1.9'))
    const theirs = settings(newName('theirs'), '10.213.1.10')
    removeLater(theirs.name ?? '')
    await shell(
      writeLine(theirs, {
        program: engine.kind,
        severalNetworks: engine.kind === 'podman',
        start: true,
      }),
    )
    const [made, typed] = await Promise.all([told(ours.name), told(theirs.name ?? '')])
    expect(made).toEqual(typed)
    expect(made).toMatchObject({ Config: { User: '0:0', WorkingDir: '/tmp' } })
  })

  test('is only created when it is not to be started, and is not left behind when it cannot', async () => {
    const { make, api, engineId } = await open()
    const { name } = await make({ image: bed.busybox, command: ['true'] }, false)
    expect(await cli(['inspect', '--format', '{{.State.Status}}', name])).toBe('created')
    const failing = newName('failing')
    await expect(
      api.containers.run({ engineId, image: bed.busybox, name: failing, command: ['/nowhere'] }),
    ).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'Its command does not exist in the image.',
    })
    await expect(
      api.containers.run({ engineId, image: bed.busybox, name, command: ['true'] }),
    ).rejects.toMatchObject({ code: 'conflict', message: 'Another container has this name.' })
    await expect(
      api.containers.run({
        engineId,
        image: bed.busybox,
        name: failing,
        networks: [{ name: 'gone' }],
      }),
    ).rejects.toMatchObject({ message: 'A network that it wants does not exist.' })
    expect(await cli(['ps', '--all', '--format', '{{.Names}}'])).not.toContain(failing)
  })

  test('has what only some ways of asking can say', async () => {
    const { make } = await open()
    const folder = join(engine.folder, 'with:colon')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'seen'), 'here\n')
    const { name } = await make({
      image: bed.busybox,
      entrypoint: [],
      command: ['sh', '-c', 'cat /colon/seen; sleep 1000'],
      stopSeconds: 0,
      mounts: [
        { kind: 'bind', source: folder, target: '/colon', readOnly: true },
        { kind: 'volume', target: '/unnamed' },
      ],
      healthcheck: { kind: 'check', test: ['test', '-d', '/two words'] },
    })
    const { Config, Mounts } = await docker.getContainer(name).inspect()
    expect(Mounts.map(({ Destination, RW }) => [Destination, RW]).sort()).toEqual([
      ['/colon', false],
      ['/unnamed', true],
    ])
    expect(Config.Entrypoint ?? []).not.toContain('sh')
    expect(Config.Healthcheck).toMatchObject({
      Test:
        engine.kind === 'docker'
          ? ['CMD', 'test', '-d', '/two words']
          : ['CMD-SHELL', "test -d '/two words'"],
    })
    await waitFor('the file in a folder with a colon', async () =>
      (await cli(['logs', name])).includes('here'),
    )
  })

  test('needs an image first, which is pulled where the engine lacks it', async () => {
    const { make, client, api, engineId } = await open()
    expect(await api.containers.provideImage({ engineId, image: bed.busybox })).toEqual({
      jobId: null,
    })
    const image = `${bed.registries.open.host}/create-${engine.kind}:1`
    await cli(['tag', bed.busybox, image])
    await cli(['push', image])
    await cli(['rmi', image])
    await expect(api.containers.run({ engineId, image })).rejects.toMatchObject({
      code: 'not-found',
    })
    const { jobId } = await api.containers.provideImage({ engineId, image })
    expect(await endOf(client, jobId ?? '')).toMatchObject({
      state: 'succeeded',
      request: { kind: 'pull', reference: image },
    })
    const { name } = await make({ image, command: ['true'] }, false)
    expect(await cli(['inspect', '--format', '{{.Config.Image}}', name])).toBe(image)
    await expect(
      api.containers.provideImage({ engineId, image: '../../volumes/x' }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('that would have power over the host needs each danger accepted', async () => {
    const { make, api, engineId } = await open()
    const settings = {
      image: bed.busybox,
      command: ['true'],
      privileged: true,
      pidNamespace: 'host',
      networks: [{ name: 'host' }],
    }
    await expect(
      api.containers.run({ engineId, ...settings, acceptedDangers: ['privileged'] }),
    ).rejects.toMatchObject({
      code: 'confirmation-needed',
      data: { dangers: ['host-network', 'host-pid'] },
    })
    // Not started: this machine may lack the rights that a privileged one is to have.
    const { name } = await make(
      { ...settings, acceptedDangers: ['privileged', 'host-network', 'host-pid'] },
      false,
    )
    const { HostConfig } = await docker.getContainer(name).inspect()
    expect(HostConfig).toMatchObject({ Privileged: true, PidMode: 'host', NetworkMode: 'host' })
  })

  test('finds out before it starts who has its ports', async () => {
    const { make, api, engineId } = await open()
    const server = createServer()
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    onTestFinished(() => {
      server.close()
    })
    const address = server.address()
    const listened = typeof address === 'object' && address ? address.port : 0
    const holder = await make({
      image: bed.busybox,
      command: ['sleep', '1000'],
      stopSeconds: 0,
      ports: [{ containerPort: 80, hostPort: null }],
    })
    const [running] = await itemsOf(api.containers.watch({ engineId }), (all) =>
      all.some(({ id, ports }) => id === holder.id && ports[0]?.hostPort != null),
    ).then((all) => all.filter(({ id }) => id === holder.id))
    const published = running?.ports[0]?.hostPort ?? 0
    const ask = (hostPort: number) => ({ hostPort, containerPort: 80 })
    const uses = await api.containers.portUse({
      engineId,
      ports: [ask(published), ask(listened), { hostPort: null, containerPort: 80 }],
    })
    expect(uses.map(({ holder: who }) => who)).toEqual([
      { kind: 'container', id: holder.id, name: holder.name, running: true },
      { kind: 'program' },
      null,
    ])
    for (const { freePort } of uses) expect([published, listened, null]).not.toContain(freePort)
    const { name } = await make({
      image: bed.busybox,
      command: ['sleep', '1000'],
      stopSeconds: 0,
      ports: uses.map(({ freePort }) => ({ hostPort: freePort, containerPort: 80 })),
    })
    expect(await cli(['inspect', '--format', '{{.State.Running}}', name])).toBe('true')
    const own = { engineId, ports: [ask(published)], except: holder.id }
    expect((await api.containers.portUse(own))[0]?.holder).not.toMatchObject({
      kind: 'container',
    })
  })

  /** What tells two containers of the same settings apart is left out. */
  async function told(name: string) {
    const { Id, Config, HostConfig, NetworkSettings } = await docker.getContainer(name).inspect()
    const networks = Object.values(NetworkSettings.Networks).map(({ Aliases }) =>
      names.parse(Aliases).filter((alias) => !Id.startsWith(alias)),
    )
    return withoutEmpties({
      Config: { ...Config, Env: [...Config.Env].sort() },
      networks,
      HostConfig: {
        ...HostConfig,
        CapAdd: inFull(HostConfig.CapAdd),
        CapDrop: inFull(HostConfig.CapDrop),
        ContainerIDFile: '',
        PortBindings: withoutChosenPorts(HostConfig.PortBindings),
      },
    })
  }
})

const names = z
  .array(z.string())
  .nullish()
  .transform((given) => given ?? [])

/** Newer commands write capabilities in full. */
const inFull = (names: unknown) =>
  Array.isArray(names) ? names.map((name) => `CAP_${String(name).replace('CAP_', '')}`) : names

/** Podman tells the port that it chose as if it had been asked for. */
const withoutChosenPorts = (bindings: unknown): unknown =>
  JSON.parse(JSON.stringify(bindings).replace(/"HostPort":"\d*"/g, '"HostPort":""'))

/** Clients differ in whether they send nothing or an empty list. */
function withoutEmpties(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]: [string, unknown]) => [key, withoutEmpties(inner)] as const)
      .filter(([, inner]) => JSON.stringify(inner ?? {}).length > 2),
  )
}

const everything = (folder: string, volume: string): ContainerSettingsInput => ({
  image: bed.busybox,
  entrypoint: ['sh'],
  command: ['-c', 'sleep "$NAP"'],
  workingFolder: '/tmp',
  user: '0:0',
  groups: ['10'],
  hostname: 'harbour',
  environment: [
    { name: 'NAP', value: '1000' },
    { name: 'HOSTILE', value: `it's "$HOME" \`id\` \\ ü` },
  ],
  labels: { role: 'a b', 'with.dots': 'x=y' },
  ports: [
    { containerPort: 80, hostPort: null },
    { containerPort: 53, hostPort: null, protocol: 'udp', hostIp: '' },
  ],
  mounts: [
    { kind: 'bind', source: folder, target: '/bound', readOnly: true, options: ['rprivate'] },
    { kind: 'volume', source: volume, target: '/named' },
    { kind: 'tmpfs', target: '/scratch', sizeBytes: MIB },
  ],
  dns: ['10.9.9.9'],
  dnsSearch: ['example.com'],
  dnsOptions: ['ndots:2'],
  extraHosts: [{ host: 'db', address: '10.0.0.5' }],
  cpuLimitCores: 0.5,
  cpuShares: 512,
  cpuset: '0',
  memoryLimitBytes: 64 * MIB,
  memoryReservationBytes: 32 * MIB,
  memorySwapBytes: 128 * MIB,
  pidsLimit: 50,
  shmBytes: 8 * MIB,
  restart: { policy: 'on-failure', maximumRetries: 3 },
  healthcheck: {
    kind: 'check',
    test: 'test -d /tmp',
    intervalMillis: 60_000,
    timeoutMillis: 5_000,
    startPeriodMillis: 1_000,
    retries: 5,
  },
  stopSignal: 'SIGINT',
  stopSeconds: 1,
  devices: [{ hostPath: '/dev/null', containerPath: '/dev/nothing', permissions: 'rw' }],
  addedCapabilities: ['NET_ADMIN'],
  droppedCapabilities: ['MKNOD'],
  securityOptions: ['no-new-privileges'],
  readOnlyRoot: true,
  init: true,
  tty: true,
  interactive: true,
  ipcNamespace: 'shareable',
  // Without one of processes Podman asks for more than a machine in a container may give.
  ulimits: [
    { name: 'nofile', soft: 512, hard: 1024 },
    { name: 'nproc', soft: 512, hard: 1024 },
  ],
  sysctls: { 'net.ipv4.ip_forward': '1' },
})
