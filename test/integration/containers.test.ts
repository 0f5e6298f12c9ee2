import { randomUUID } from 'node:crypto'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Container, RunInput } from '../../preload/contract/containers'
import { engineCli } from '../bed'
import { itemsOf, openClient, type Client } from '../client'

const bed = inject('bed')

describe.each(bed.engines)('containers on $kind', (engine) => {
  const cli = engineCli(engine)

  async function open() {
    const client = await openClient({ engine: engine.socket })
    const { id: engineId } = await client.engine()
    return { client, api: client.api, engineId }
  }

  function newName(): string {
    const name = `test-${randomUUID().slice(0, 8)}`
    onTestFinished(async () => {
      await cli(['rm', '--force', '--volumes', name])
    })
    return name
  }

  async function run(client: Client, engineId: string, input: Partial<RunInput> = {}) {
    const name = newName()
    const { id } = await client.api.containers.run({
      engineId,
      image: bed.busybox,
      name,
      command: ['sleep', '1000'],
      ...input,
    })
    return { id, name }
  }

  async function untilContainer(
    client: Client,
    engineId: string,
    id: string,
    fits: (container: Container) => boolean,
  ): Promise<Container> {
    const items = await itemsOf(client.api.containers.watch({ engineId }), (all) =>
      all.some((item) => item.id === id && fits(item)),
    )
    const found = items.find((item) => item.id === id)
    if (!found) throw new Error('unreachable')
    return found
  }

  test('one made with name, command, port, environment, volume and limits has them all', async () => {
    const { client, api, engineId } = await open()
    const volume = newName()
    const { id, name } = await run(client, engineId, {
      command: ['httpd', '-f', '-p', '8080', '-h', '/www'],
      ports: [{ containerPort: 8080, hostPort: null }],
      environment: [
        { name: 'GREETING', value: 'hello = world' },
        { name: 'API_TOKEN', value: 'planted' },
      ],
      mounts: [{ kind: 'volume', source: volume, target: '/data' }],
      cpuLimitCores: 0.5,
      memoryLimitBytes: 64 * 1024 * 1024,
    })
    onTestFinished(async () => {
      await cli(['rm', '--force', name])
      await cli(['volume', 'rm', '--force', volume])
    })
    const container = await untilContainer(client, engineId, id, ({ state }) => state === 'running')
    expect(container).toMatchObject({
      name,
      cpuLimitCores: 0.5,
      memoryLimitBytes: 64 * 1024 * 1024,
      mounts: [{ type: 'volume', name: volume, destination: '/data', anonymous: false }],
      sample: false,
      health: 'none',
    })
    const [port] = container.ports
    expect(port).toMatchObject({ hostIp: '127.0.0.1', containerPort: 8080, protocol: 'tcp' })
    const address = `http://127.0.0.1:${String(port?.hostPort)}/`
    await expect
      .poll(async () => (await fetch(address).catch(() => null))?.text())
      .toBe('Longshore test bed\n')
    const details = await api.containers.inspect({ engineId, id })
    expect(details.command).toEqual(['httpd', '-f', '-p', '8080', '-h', '/www'])
    expect(details.environment).toContainEqual({
      name: 'GREETING',
      value: 'hello = world',
      masked: false,
    })
    expect(JSON.stringify(details)).not.toContain('planted')
    const revealed = await api.containers.inspect({ engineId, id, reveal: true })
    expect(JSON.stringify(revealed)).toContain('planted')
  })

  test('starts, pauses, unpauses, restarts, stops, kills, renames and removes', async () => {
    const { client, api, engineId } = await open()
    const { id } = await run(client, engineId, {
      command: ['sh', '-c', 'trap exit TERM; while :; do sleep 0.1; done'],
    })
    const one = { engineId, ids: [id] }
    const until = (state: Container['state']) =>
      untilContainer(client, engineId, id, (container) => container.state === state)
    const first = await until('running')
    await api.containers.pause(one)
    await until('paused')
    await api.containers.unpause(one)
    await until('running')
    await api.containers.restart(one)
    await untilContainer(
      client,
      engineId,
      id,
      ({ state, startedAt }) => state === 'running' && startedAt !== first.startedAt,
    )
    await api.containers.stop(one)
    expect((await until('exited')).exitCode).toBe(0)
    expect(await api.containers.start(one)).toEqual({ outcomes: [{ id, changed: true }] })
    await until('running')
    await api.containers.kill(one)
    expect((await until('exited')).exitCode).toBe(137)
    const renamed = newName()
    await api.containers.rename({ engineId, id, name: renamed })
    await untilContainer(client, engineId, id, ({ name }) => name === renamed)
    await api.containers.remove(one)
    await itemsOf(api.containers.watch({ engineId }), (all) => all.every((item) => item.id !== id))
  })

  test('a bulk start leaves running ones alone and reports each', async () => {
    const { client, api, engineId } = await open()
    const running = await run(client, engineId)
    const stopped = await run(client, engineId, { command: ['true'] })
    await untilContainer(client, engineId, stopped.id, ({ state }) => state === 'exited')
    const missing = 'f'.repeat(64)
    const { outcomes } = await api.containers.start({
      engineId,
      ids: [running.id, stopped.id, missing],
    })
    expect(outcomes).toMatchObject([
      { id: running.id, changed: false },
      { id: stopped.id, changed: true },
      { id: missing, changed: false, problem: { code: 'not-found' } },
    ])
  })

  test('one that another client makes, changes and removes is seen without asking again', async () => {
    const { api, engineId } = await open()
    const name = newName()
    const watch = api.containers.watch({ engineId })
    const seen: string[] = []
    const done = (async () => {
      for await (const message of await watch) {
        if (message.kind !== 'patch') continue
        for (const item of message.upsert) if (item.name === name) seen.push(item.state)
        if (message.remove.length > 0 && seen.includes('exited')) return
      }
    })()
    await cli(['run', '-d', '--name', name, bed.busybox, 'sleep', '1000'])
    await expect.poll(() => seen).toContain('running')
    await cli(['kill', name])
    await expect.poll(() => seen).toContain('exited')
    await cli(['rm', name])
    await done
  })

  test('a compose project and service are read from the labels', async () => {
    const { client, engineId } = await open()
    const name = newName()
    const labels = [
      '--label',
      'com.docker.compose.project=shop',
      '--label',
      'com.docker.compose.service=web',
    ]
    const id = (
      await cli(['run', '-d', '--name', name, ...labels, bed.busybox, 'sleep', '1000'])
    ).trim()
    const container = await untilContainer(client, engineId, id, ({ state }) => state === 'running')
    expect(container).toMatchObject({ composeProject: 'shop', composeService: 'web' })
  })

  test('removing says what goes: anonymous volumes when asked to, named ones never', async () => {
    const { client, api, engineId } = await open()
    const named = newName()
    const name = newName()
    const id = (
      await cli([
        'run',
        '-d',
        '--name',
        name,
        '-v',
        `${named}:/kept`,
        '-v',
        '/gone',
        bed.busybox,
        'sleep',
        '1000',
      ])
    ).trim()
    onTestFinished(async () => {
      await cli(['rm', '--force', '--volumes', name])
      await cli(['volume', 'rm', '--force', named])
    })
    const container = await untilContainer(
      client,
      engineId,
      id,
      ({ mounts }) => mounts.length === 2,
    )
    const anonymous = container.mounts.find((mount) => mount.anonymous)
    expect(anonymous?.destination).toBe('/gone')
    const refused = await api.containers.remove({ engineId, ids: [id] })
    expect(refused.outcomes[0]?.problem).toMatchObject({ code: 'conflict' })
    await api.containers.remove({ engineId, ids: [id], force: true, removeAnonymousVolumes: true })
    const volumes = await cli(['volume', 'ls', '-q'])
    expect(volumes).toContain(named)
    expect(volumes).not.toContain(anonymous?.name)
  })

  test("mounting the engine's socket or the host's root needs a confirmation that says why", async () => {
    const { client, api, engineId } = await open()
    const dangerous = (source: string): RunInput => ({
      engineId,
      image: bed.busybox,
      command: ['true'],
      mounts: [{ kind: 'bind', source, target: '/mnt' }],
    })
    for (const [source, danger] of [
      [engine.socket, 'engine-socket'],
      ['/var/run/', 'engine-socket'],
      ['/', 'host-root'],
      ['/etc/..', 'host-root'],
    ] as const) {
      await expect(api.containers.run(dangerous(source))).rejects.toMatchObject({
        code: 'confirmation-needed',
        data: { dangers: [danger] },
      })
    }
    const { id } = await run(client, engineId, {
      ...dangerous('/'),
      acceptedDangers: ['host-root'],
    })
    await untilContainer(client, engineId, id, ({ state }) => state === 'exited')
  })

  test('a port that is taken is told in words and leaves no container behind', async () => {
    const { client, api, engineId } = await open()
    const first = await run(client, engineId, { ports: [{ containerPort: 80, hostPort: null }] })
    const { ports } = await untilContainer(
      client,
      engineId,
      first.id,
      ({ ports: [port] }) => port?.hostPort != null,
    )
    const name = newName()
    await expect(
      api.containers.run({
        engineId,
        image: bed.busybox,
        name,
        command: ['sleep', '1000'],
        ports: [{ containerPort: 80, hostPort: ports[0]?.hostPort ?? 1 }],
      }),
    ).rejects.toMatchObject({
      code: 'conflict',
      data: { hint: expect.stringContaining('port') as string },
    })
    expect(await cli(['ps', '-aq', '--filter', `name=${name}`])).toBe('')
  })
})
