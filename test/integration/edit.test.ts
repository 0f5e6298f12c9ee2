import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import Docker from 'dockerode'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import {
  containerSettings,
  type ContainerSettings,
  type ContainerSettingsInput,
} from '../../preload/contract/containerSettings'
import { openClient } from '../client'
import { maker, newName } from '../e2e/things'
import { freePort } from '../unit/serve/harness'

const MIB = 1024 * 1024
const bed = inject('bed')
const POLITE = ['sh', '-c', "trap 'exit 0' TERM; sleep 1000 & wait"]
const mask = '••••••••'

describe.each(bed.engines)('a container of $kind that is edited', (engine) => {
  const { cli, removeLater } = maker(engine, bed.busybox)
  const docker = new Docker({ socketPath: engine.socket })

  test('is told as it was asked for, with secrets masked', async () => {
    const { told, wanted, answer, api, engineId, id } = await open(await richSettings())
    expect(told).toEqual({
      ...wanted,
      environment: [
        { name: 'COLOUR', value: 'a = b' },
        { name: 'DB_PASSWORD', value: mask },
      ],
    })
    expect(answer.masked).toBe(true)
    expect(answer.kept).toEqual([])
    const revealed = await api.containers.settings({ engineId, id, reveal: true })
    expect(sorted(revealed.settings)).toEqual(wanted)
  })

  test('is duplicated, with secrets that were not shown', async () => {
    const { told, api, engineId, id } = await open(await richSettings())
    const name = newName()
    removeLater(name)
    const hostPort = await freePort()
    const ports = told.ports.map((port) => ({ ...port, hostPort }))
    const copy = { ...told, name, ports }
    const { id: copyId } = await api.containers.run({ ...copy, engineId, masksOf: id })
    const revealed = async (one: string) =>
      sorted((await api.containers.settings({ engineId, id: one, reveal: true })).settings)
    const [first, second] = await Promise.all([revealed(id), revealed(copyId)])
    expect(second).toEqual({ ...first, name, ports })
    expect(await inspected(copyId)).toEqual(await inspected(id))
  })

  test('differs from before in what was changed only, and goes back', async () => {
    const { told, api, engineId, id, name } = await open(await richSettings())
    const before = await inspected(id)
    const unnamed = await volumeAt(id, '/unnamed')
    await cli(['exec', id, 'sh', '-c', 'echo 1 >/unnamed/kept'])
    const plan = (await api.containers.settings({ engineId, id })).plan
    expect(plan).toMatchObject({ running: true, keptName: `${name}-before-1`, obstacle: null })

    const environment = [...told.environment, { name: 'ADDED', value: '1' }]
    const edited = { ...told, environment, cpuLimitCores: 0.25 }
    const made = await api.containers.edit({ engineId, id, settings: edited })
    expect(made.keptId).toBe(id)
    removeLater(`${name}-before-1`)
    const known = async (one: string) =>
      sorted((await api.containers.settings({ engineId, id: one, reveal: true })).settings)
    const [now, old] = await Promise.all([known(made.id), known(id)])
    expect(now).toEqual(
      sorted({
        ...old,
        name,
        environment: [...old.environment, { name: 'ADDED', value: '1' }],
        cpuLimitCores: 0.25,
      }),
    )
    const changes = changesOf(before, await inspected(made.id)).sort()
    expect(changes.filter((field) => !cpuFields.includes(field))).toEqual(['Config.Env'])
    expect(await volumeAt(made.id, '/unnamed')).toBe(unnamed)
    expect(await cli(['exec', made.id, 'cat', '/unnamed/kept'])).toBe('1')

    await api.containers.undoRecreation({ engineId, id: made.id, keptId: id })
    const back = await docker.getContainer(id).inspect()
    expect(back.State.Running).toBe(true)
    expect(back.Name.replace('/', '')).toBe(name)
    expect(await inspected(id)).toEqual(before)
  })

  test('gets and loses mounts, networks and ports; the others stay', async () => {
    const { told, api, engineId, id } = await open(await richSettings())
    const [first] = told.networks
    const settings = {
      ...told,
      mounts: [
        ...told.mounts.filter(({ target }) => target !== '/scratch'),
        { kind: 'tmpfs' as const, target: '/other' },
      ],
      networks: first ? [first] : [],
      ports: [],
    }
    const made = await api.containers.edit({ engineId, id, settings })
    const { settings: now } = await api.containers.settings({ engineId, id: made.id })
    expect(now.networks).toEqual([first])
    expect(now.ports).toEqual([])
    const targets = now.mounts.map(({ target }) => target).sort()
    expect(targets).toEqual(['/host', '/named', '/other', '/unnamed'])
    await api.containers.undoRecreation({ engineId, id: made.id, keptId: id })
  })

  test('runs on under its name when its new port is taken', async () => {
    const { told, api, engineId, id, name } = await open({
      image: bed.busybox,
      command: POLITE,
      ports: [{ hostIp: '127.0.0.1', hostPort: await freePort(), containerPort: 80 }],
    })
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const address = server.address()
    const hostPort = typeof address === 'object' ? (address?.port ?? 0) : 0
    const ports = [{ hostIp: '127.0.0.1', hostPort, containerPort: 80 }]
    await expect(
      api.containers.edit({ engineId, id, settings: { ...told, ports } }),
    ).rejects.toMatchObject({
      message: 'The new container could not be started. A port it wants is taken already.',
      data: { hint: 'The old container is back under its name and runs.' },
    })
    await isAsItWas(id, name)
  })

  test('runs on under its name when its new command is missing, or ends with an error', async () => {
    const { told, api, engineId, id, name } = await open({ image: bed.busybox, command: POLITE })
    const edit = (command: string[], policy: 'no' | 'always' = 'no') =>
      api.containers.edit({
        engineId,
        id,
        settings: { ...told, command, restart: { policy, maximumRetries: null } },
      })
    await expect(edit(['/not/there'])).rejects.toMatchObject({
      message: /^The new container could not be started\./,
      data: { hint: 'The old container is back under its name and runs.' },
    })
    await isAsItWas(id, name)
    const failing = ['sh', '-c', 'echo no such luck; exit 3']
    await expect(edit(failing)).rejects.toMatchObject({
      message: 'The new container was started and did not keep running.',
      data: {
        hint: 'The old container is back under its name and runs.',
        engineMessage: /^Exit code 3: .*\nno such luck$/,
      },
    })
    await isAsItWas(id, name)
    await expect(edit(failing, 'always')).rejects.toMatchObject({
      message: 'The new container was started and did not keep running.',
    })
    await isAsItWas(id, name)
  })

  test('leaves a volume alone that it was to mount, be it one that nobody named', async () => {
    const { told, api, engineId, id, name } = await open({ image: bed.busybox, command: POLITE })
    const volume = randomBytes(32).toString('hex')
    await cli(['volume', 'create', volume])
    onTestFinished(async () => {
      await cli(['volume', 'rm', '--force', volume])
    })
    const failing = {
      ...told,
      command: ['/not/there'],
      mounts: [{ kind: 'volume' as const, source: volume, target: '/data' }],
    }
    const volumes = async () => (await cli(['volume', 'ls', '--quiet'])).split('\n')
    await expect(api.containers.edit({ engineId, id, settings: failing })).rejects.toMatchObject({
      message: /^The new container could not be started\./,
    })
    expect(await volumes()).toContain(volume)
    await expect(
      api.containers.run({ ...failing, name: newName(), engineId }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await volumes()).toContain(volume)
    await isAsItWas(id, name)
  })

  test('is given new power only when that was accepted', async () => {
    const { told, api, engineId, id, name } = await open({ image: bed.busybox, command: POLITE })
    const mounts = [{ kind: 'bind' as const, source: '/', target: '/machine', readOnly: true }]
    const edit = { engineId, id, settings: { ...told, mounts } }
    await expect(api.containers.edit(edit)).rejects.toMatchObject({
      code: 'confirmation-needed',
      data: { dangers: ['host-root'] },
    })
    await isAsItWas(id, name)
    const made = await api.containers.edit({ ...edit, acceptedDangers: ['host-root'] })
    removeLater(`${name}-before-1`)
    const { settings } = await api.containers.settings({ engineId, id: made.id })
    expect(settings).toMatchObject({ mounts })
    // What it has already need not be accepted again.
    const again = await api.containers.edit({
      engineId,
      id: made.id,
      settings: { ...settings, labels: { other: 'label' } },
    })
    removeLater(`${name}-before-2`)
    const { Config } = await docker.getContainer(again.id).inspect()
    expect(Config.Labels).toMatchObject({ other: 'label' })
  })

  test('is not made again for a new name, or for nothing', async () => {
    const { told, api, engineId, id, name } = await open({ image: bed.busybox, command: POLITE })
    const edit = (settings: ContainerSettings) => api.containers.edit({ engineId, id, settings })
    await expect(edit({ ...told, name: newName() })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await expect(edit(told)).rejects.toMatchObject({ message: 'Nothing was changed.' })
    await isAsItWas(id, name)
  })

  test('takes away what an interrupted recreation left', async () => {
    const { told, api, engineId, id, name } = await open({ image: bed.busybox, command: POLITE })
    await cli(['create', '--name', `${name}-recreating`, bed.busybox])
    const labels = { new: 'label' }
    const made = await api.containers.edit({ engineId, id, settings: { ...told, labels } })
    removeLater(`${name}-before-1`)
    expect(made.keptId).toBe(id)
    const names = await cli(['ps', '--all', '--format', '{{.Names}}'])
    expect(
      names
        .split('\n')
        .filter((one) => one.startsWith(name))
        .sort(),
    ).toEqual([name, `${name}-before-1`])
  })

  async function isAsItWas(id: string, name: string) {
    const { Name, State } = await docker.getContainer(id).inspect()
    expect(Name.replace('/', '')).toBe(name)
    expect(State.Running).toBe(true)
    const names = await cli(['ps', '--all', '--format', '{{.Names}}'])
    expect(names.split('\n').filter((one) => one.startsWith(name))).toEqual([name])
  }

  async function volumeAt(id: string, folder: string) {
    const { Mounts } = await docker.getContainer(id).inspect()
    return Mounts.find(({ Destination }) => Destination === folder)?.Name
  }

  async function open(settings: ContainerSettingsInput) {
    const client = await openClient({ engine: engine.socket })
    const { api } = client
    const { id: engineId } = await client.engine()
    const name = newName()
    removeLater(name)
    const wanted = sorted(containerSettings.parse({ ...settings, name }))
    const { id } = await api.containers.run({ ...wanted, engineId })
    const answer = await api.containers.settings({ engineId, id })
    return { api, engineId, id, name, wanted, answer, told: sorted(answer.settings) }
  }

  async function richSettings(): Promise<Partial<ContainerSettings> & { image: string }> {
    const [first, second] = [newName('net'), newName('net')]
    for (const name of [first, second]) {
      await cli(['network', 'create', name])
      onTestFinished(async () => {
        await cli(['network', 'rm', '--force', name]).catch(() => cli(['network', 'rm', name]))
      })
    }
    const volume = newName('vol')
    onTestFinished(async () => {
      await cli(['volume', 'rm', '--force', volume])
    })
    return containerSettings.parse({
      image: bed.busybox,
      entrypoint: ['/bin/sh'],
      command: POLITE.slice(1),
      workingFolder: '/tmp',
      user: '0:0',
      hostname: 'harbour',
      environment: [
        { name: 'COLOUR', value: 'a = b' },
        { name: 'DB_PASSWORD', value: 'hunter2' },
      ],
      labels: { 'org.example.tier': 'front' },
      ports: [{ hostIp: '127.0.0.1', hostPort: await freePort(), containerPort: 80 }],
      mounts: [
        { kind: 'volume', source: volume, target: '/named' },
        { kind: 'bind', source: '/usr', target: '/host', readOnly: true },
        { kind: 'tmpfs', target: '/scratch', sizeBytes: 8 * MIB },
        { kind: 'volume', target: '/unnamed' },
      ],
      networks: [
        { name: first, aliases: ['web'] },
        { name: second, aliases: ['beside'] },
      ],
      dns: ['192.0.2.53'],
      dnsSearch: ['example.test'],
      extraHosts: [{ host: 'db', address: '192.0.2.7' }],
      cpuLimitCores: 0.5,
      memoryLimitBytes: 64 * MIB,
      memoryReservationBytes: 32 * MIB,
      cpuShares: 512,
      pidsLimit: 100,
      shmBytes: 16 * MIB,
      restart: { policy: 'on-failure', maximumRetries: 3 },
      healthcheck: { kind: 'check', test: 'true', intervalMillis: 5_000, retries: 2 },
      stopSignal: 'SIGINT',
      stopSeconds: 3,
      addedCapabilities: ['NET_ADMIN'],
      droppedCapabilities: ['CHOWN'],
      securityOptions: ['no-new-privileges'],
      readOnlyRoot: true,
      init: false,
      tty: true,
      interactive: true,
      // Without one of processes Podman asks for more than a machine in a container may give.
      ulimits: [
        { name: 'nofile', soft: 512, hard: 1024 },
        { name: 'nproc', soft: 512, hard: 1024 },
      ],
      // Podman 4.3 does not tell them.
      sysctls: engine.kind === 'docker' ? { 'net.ipv4.ip_unprivileged_port_start': '0' } : {},
    })
  }

  /**
   * What an inspection tells, without what is each container's own: its ports and the volume that nobody
   * named. Podman gives the environment in any order.
   */
  async function inspected(id: string) {
    const { Config, HostConfig } = await docker.getContainer(id).inspect()
    const binds = (HostConfig.Binds ?? []).filter((bind) => !/^[a-f0-9]{64}:/.test(bind))
    return {
      Config: { ...Config, Env: Config.Env.toSorted(), Volumes: null },
      HostConfig: { ...HostConfig, PortBindings: null, Binds: binds.toSorted() },
    }
  }
})

/** Engines give the environment, and Podman volumes, in an order of their own. */
function sorted(settings: ContainerSettings): ContainerSettings {
  const { environment, mounts, networks } = settings
  return {
    ...settings,
    environment: environment.toSorted((one, other) => one.name.localeCompare(other.name)),
    mounts: mounts.toSorted((one, other) => one.target.localeCompare(other.target)),
    networks: networks.toSorted((one, other) => one.name.localeCompare(other.name)),
  }
}

/** Podman tells it as a quota, too. */
const cpuFields = ['HostConfig.CpuPeriod', 'HostConfig.CpuQuota', 'HostConfig.NanoCpus']

type Inspected = Record<'Config' | 'HostConfig', object>

/** The fields that differ. */
function changesOf(before: Inspected, after: Inspected): string[] {
  const [old, now] = [flat(before), flat(after)]
  const differs = (field: string) => !isDeepStrictEqual(old.get(field), now.get(field))
  return [...new Set([...old.keys(), ...now.keys()])].filter(differs)
}

function flat(inspected: Inspected): Map<string, unknown> {
  return new Map(
    Object.entries(inspected).flatMap(([part, fields]) =>
      Object.entries(fields).map(([field, value]: [string, unknown]) => [
        `${part}.${field}`,
        value,
      ]),
    ),
  )
}
