import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Engine, EngineSettings, EnginesMessage } from '../../preload/contract/engines'
import { engineCli, makeBusyboxImage, startDocker, startPodman, type EngineFacts } from '../bed'
import { firstOf, itemsOf, nowhere, openClient, type Client } from '../client'

const bed = inject('bed')
const WAIT = { timeout: 20_000 }

const settingsOf = (address: string, name = ''): EngineSettings => ({
  name,
  address,
  tls: null,
  ssh: null,
})

/** A folder that is a machine's home and system; removed after the test. */
async function newMachine(): Promise<string> {
  const folder = await mkdtemp(join(bed.folder, 'machine-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Puts the engine's socket there too; returns the path. */
async function link(engine: EngineFacts, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await symlink(engine.socket, path)
  return path
}

const message = ({ api }: Client, fits: (message: EnginesMessage) => boolean) =>
  firstOf(api.engines.watch(), fits)

const connected = (engines: Engine[], count: number) =>
  engines.length === count && engines.every(({ state }) => state === 'connected')

/** The engine of an id once it is connected. */
const untilConnected = (client: Client, engineId: string) =>
  client.engine(({ id, state }) => id === engineId && state === 'connected')

/** A container that runs for a while; removed after the test. */
async function newContainer(engine: EngineFacts): Promise<string> {
  const name = `beside-${randomUUID().slice(0, 8)}`
  const cli = engineCli(engine)
  onTestFinished(async () => {
    await cli(['rm', '--force', name]).catch(() => undefined)
  })
  return cli(['run', '--detach', '--name', name, bed.busybox, 'sleep', '1000'])
}

const idsOf = async ({ api }: Client, engineId: string) =>
  (await itemsOf(api.containers.watch({ engineId }), () => true)).map(({ id }) => id)

describe('Docker and Podman side by side', () => {
  test('are both connected to in one app, each with its own list and its own events', async () => {
    const client = await openClient({ engine: null })
    const { api } = client
    const known = []
    for (const engine of bed.engines) {
      const { engineId } = await api.engines.add(settingsOf(engine.socket))
      expect(await untilConnected(client, engineId)).toMatchObject({ kind: engine.kind })
      known.push({ engine, engineId, id: await newContainer(engine) })
    }
    for (const { engineId, id } of known) {
      await expect.poll(() => idsOf(client, engineId), WAIT).toContain(id)
    }
    for (const { engine, engineId, id } of known) {
      const others = known.filter((other) => other.id !== id)
      for (const other of others) expect(await idsOf(client, engineId)).not.toContain(other.id)
      await engineCli(engine)(['rm', '--force', id])
      await expect.poll(() => idsOf(client, engineId), WAIT).not.toContain(id)
      for (const other of others) expect(await idsOf(client, engineId)).not.toContain(other.id)
    }
  })

  test('are both found where they are by custom, once each however many paths lead to them', async () => {
    const machine = await newMachine()
    await link(bed.docker, join(machine, 'var/run/docker.sock'))
    await link(bed.docker, join(machine, '.docker/run/docker.sock'))
    await link(bed.podman, join(machine, 'run/podman/podman.sock'))
    const client = await openClient({ engine: null, surroundings: nowhere(machine) })
    const { engines, attempts } = await message(
      client,
      ({ searching, engines }) => !searching && connected(engines, 2),
    )
    expect(engines).toMatchObject([
      { kind: 'docker', foundBy: 'Docker, system', settings: null, encrypted: true },
      { kind: 'podman', foundBy: 'Podman, system', settings: null, encrypted: true },
    ])
    expect(attempts).toEqual([])
    // A third path to one of them is no third engine.
    const { api } = client
    const third = await link(bed.docker, join(machine, 'third.sock'))
    const { engineId } = await api.engines.add(settingsOf(third, 'harbour'))
    const after = await message(client, ({ engines }) => connected(engines, 2))
    expect(after.engines).toMatchObject([{ kind: 'podman' }, { id: engineId, name: 'harbour' }])
    await api.engines.search()
    expect((await message(client, ({ searching }) => !searching)).engines).toHaveLength(2)
  })

  test('a place that accepts and never answers keeps no other engine waiting', async () => {
    const machine = await newMachine()
    const silent = join(machine, '.docker/desktop/docker.sock')
    await mkdir(dirname(silent), { recursive: true })
    const server = createServer().listen(silent)
    onTestFinished(() => void server.close())
    await link(bed.podman, join(machine, 'run/podman/podman.sock'))
    const client = await openClient({ engine: null, surroundings: nowhere(machine) })
    const meanwhile = await message(client, ({ engines }) => engines.length > 0)
    expect(meanwhile.searching).toBe(true)
    const { engines, attempts } = await message(client, ({ searching }) => !searching)
    expect(engines).toMatchObject([{ foundBy: 'Podman, system' }])
    expect(attempts).toMatchObject([{ endpoint: silent, problem: { code: 'timeout' } }])
  })
})

describe.each([
  { frozen: 'docker', other: bed.podman },
  { frozen: 'podman', other: bed.docker },
] as const)('$frozen frozen beside $other.kind', ({ frozen, other }) => {
  test("the other's calls, list and events come while the frozen one's call still waits", async () => {
    const ill = await { docker: startDocker, podman: startPodman }[frozen](bed.folder)
    onTestFinished(() => ill.stop())
    await makeBusyboxImage(ill, bed.busybox)
    const client = await openClient({ engine: null })
    const { api } = client
    const [illId, otherId] = await Promise.all(
      [ill, other].map(async (engine) => {
        const { engineId } = await api.engines.add(settingsOf(engine.socket))
        await untilConnected(client, engineId)
        return engineId
      }),
    )
    if (!illId || !otherId) throw new Error('unreachable')
    const [illContainer, container] = await Promise.all([newContainer(ill), newContainer(other)])
    for (const [engineId, id] of [
      [illId, illContainer],
      [otherId, container],
    ] as const) {
      await expect.poll(() => idsOf(client, engineId), WAIT).toContain(id)
    }
    const states: string[] = []
    const leaving = new AbortController()
    const following = (async () => {
      for await (const { engines } of await api.engines.watch(undefined, {
        signal: leaving.signal,
      })) {
        states.push(
          engines.map(({ id, state }) => `${id === illId ? 'ill' : 'other'} ${state}`).join(),
        )
      }
    })().catch(() => undefined)
    onTestFinished(() => leaving.abort())
    await ill.freeze()
    let waiting = true
    const call = api.containers.inspect({ engineId: illId, id: illContainer }).then(
      () => 'answered',
      (error: unknown) => String(error),
    )
    void call.then(() => (waiting = false))
    // What somebody does there, what is asked there, and what is told of it.
    for (let round = 0; round < 3; round++) {
      const id = await newContainer(other)
      await expect.poll(() => idsOf(client, otherId), WAIT).toContain(id)
      expect(await api.containers.inspect({ engineId: otherId, id })).toMatchObject({ id })
      await api.containers.remove({ engineId: otherId, ids: [id], force: true })
      await expect.poll(() => idsOf(client, otherId), WAIT).not.toContain(id)
    }
    await client.engine(({ id, state }) => id === illId && state === 'stale')
    // The list of the frozen one is still shown, with its age.
    expect(await idsOf(client, illId)).toContain(illContainer)
    expect(waiting).toBe(true)
    expect(states.at(-1)).toBe('ill stale,other connected')
    expect(
      states.filter((text) => text.includes('other') && !text.includes('other connected')),
    ).toEqual([])
    ill.thaw()
    await untilConnected(client, illId)
    expect(await call).toBe('answered')
    leaving.abort()
    await following
  })
})

describe('engines that a person adds', () => {
  test('are there again after a restart, also those that are not to be had', async () => {
    const first = await openClient({ engine: null })
    const { dataFolder } = first
    const socket = join(await newMachine(), 'absent.sock')
    const { engineId } = await first.api.engines.add(settingsOf(bed.docker.socket, 'harbour'))
    await first.api.engines.add(settingsOf(`unix://${socket}`))
    await untilConnected(first, engineId)
    await first.close()
    const second = await openClient({ engine: null, dataFolder })
    await untilConnected(second, engineId)
    const { engines } = await message(second, ({ engines }) => engines.length === 2)
    expect(engines).toMatchObject([
      { id: engineId, name: 'harbour', settings: settingsOf(bed.docker.socket, 'harbour') },
      { endpoint: `unix://${socket}`, problem: { code: 'engine-unreachable' } },
    ])
    await second.api.engines.remove({ engineId })
    await second.close()
    const third = await openClient({ engine: null, dataFolder })
    const left = await message(third, ({ searching }) => !searching)
    expect(left.engines.map(({ endpoint }) => endpoint)).toEqual([`unix://${socket}`])
  })

  test('are added once, by whatever path, and refused where the address is none', async () => {
    const { api } = await openClient({ engine: null })
    await api.engines.add(settingsOf(bed.docker.socket))
    const path = await link(bed.docker, join(await newMachine(), 'docker.sock'))
    for (const address of [bed.docker.socket, `unix://${bed.docker.socket}`, path]) {
      await expect(api.engines.add(settingsOf(address))).rejects.toMatchObject({ code: 'conflict' })
    }
    await expect(api.engines.add(settingsOf('ftp://host'))).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  test('are changed: another name keeps the engine, another address is another one', async () => {
    const client = await openClient({ engine: null })
    const { api } = client
    const { engineId } = await api.engines.add(settingsOf(bed.docker.socket))
    await untilConnected(client, engineId)
    const named = settingsOf(bed.docker.socket, 'harbour')
    expect(await api.engines.change({ engineId, settings: named })).toEqual({ engineId })
    expect(await untilConnected(client, engineId)).toMatchObject({ name: 'harbour' })
    const moved = settingsOf(bed.podman.socket, 'harbour')
    const changed = await api.engines.change({ engineId, settings: moved })
    expect(changed.engineId).not.toBe(engineId)
    expect(await untilConnected(client, changed.engineId)).toMatchObject({
      name: 'harbour',
      kind: 'podman',
    })
    expect((await message(client, () => true)).engines).toHaveLength(1)
    await expect(api.engines.change({ engineId, settings: named })).rejects.toMatchObject({
      code: 'not-found',
    })
    await api.engines.add(named)
    await expect(
      api.engines.change({ engineId: changed.engineId, settings: named }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  test.each(bed.engines)('are tried without being kept: $kind', async (engine) => {
    const client = await openClient({ engine: null })
    const answer = await client.api.engines.test(settingsOf(engine.socket))
    expect(answer).toMatchObject({
      kind: engine.kind,
      version: expect.stringMatching(/^\d+\.\d+/) as string,
      apiVersion: expect.stringMatching(/^1\.\d+$/) as string,
      platform: expect.stringMatching(/^linux\//) as string,
    })
    expect(answer.millis).toBeGreaterThan(0)
    expect((await message(client, ({ searching }) => !searching)).engines).toEqual([])
    await expect(
      client.api.engines.test(settingsOf(join(bed.folder, 'absent.sock'))),
    ).rejects.toMatchObject({ code: 'engine-unreachable' })
  })

  test('are not found once removed, while a found one that is removed comes back with a search', async () => {
    const machine = await newMachine()
    await link(bed.podman, join(machine, 'run/podman/podman.sock'))
    const client = await openClient({ engine: null, surroundings: nowhere(machine) })
    const { api } = client
    const { id: engineId } = await client.engine()
    const settings = settingsOf(bed.podman.socket)
    await expect(api.engines.change({ engineId, settings })).rejects.toMatchObject({
      code: 'not-found',
    })
    await api.engines.remove({ engineId })
    await expect(api.engines.remove({ engineId })).rejects.toMatchObject({ code: 'not-found' })
    expect((await message(client, () => true)).engines).toEqual([])
    await api.engines.search()
    await untilConnected(client, engineId)
  })
})
