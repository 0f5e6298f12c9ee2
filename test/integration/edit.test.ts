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
    expect(revealed.settings).toEqual(wanted)
  })

  test('is duplicated, with secrets that were not shown', async () => {
    const { told, api, engineId, id } = await open(await richSettings())
    const name = newName()
    removeLater(name)
    const ports = told.ports.map((port) => ({ ...port, hostPort: null }))
    const copy = { ...told, name, ports }
    const { id: copyId } = await api.containers.run({ ...copy, engineId, masksOf: id })
    const revealed = (one: string) => api.containers.settings({ engineId, id: one, reveal: true })
    const [first, second] = await Promise.all([revealed(id), revealed(copyId)])
    expect(second.settings).toEqual({ ...first.settings, name, ports })
    expect(await inspected(copyId)).toEqual(await inspected(id))
  })

  async function open(settings: ContainerSettingsInput) {
    const client = await openClient({ engine: engine.socket })
    const { api } = client
    const { id: engineId } = await client.engine()
    const name = newName()
    removeLater(name)
    const wanted = containerSettings.parse({ ...settings, name })
    const { id } = await api.containers.run({ ...wanted, engineId })
    const answer = await api.containers.settings({ engineId, id })
    return { api, engineId, id, name, wanted, answer, told: answer.settings }
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
      stopSignal: 'SIGTERM',
      stopSeconds: 3,
      addedCapabilities: ['NET_ADMIN'],
      droppedCapabilities: ['CHOWN'],
      securityOptions: ['no-new-privileges'],
      readOnlyRoot: true,
      init: false,
      tty: true,
      interactive: true,
      ulimits: [{ name: 'core', soft: 0, hard: 0 }],
      sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' },
    })
  }

  /** What an inspection tells, without what is each container's own. */
  async function inspected(id: string): Promise<unknown> {
    const { Config, HostConfig } = await docker.getContainer(id).inspect()
    return { Config, HostConfig: { ...HostConfig, PortBindings: null } }
  }
})
