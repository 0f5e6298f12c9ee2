import { mkdtempSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Api } from '../../preload/contract'
import { metricIndex, type StatsTick } from '../../preload/contract/stats'
import { HistoryStore } from '../../main/stats/history/historyStore'
import { createStats } from '../../main/stats/service'
import { makeBusyboxImage, startDocker, startPodman, type EngineFacts } from '../bed'
import { firstOf, openClient } from '../client'
import { maker } from '../e2e/things'
import { startOwnApp } from '../ownApp'
import { runningContainer } from '../sampled'
import { absurditiesOf, absurditiesOfHistory } from './absurdities'
import { makeCgroups } from './manyCgroups'
import { isKnown, WAIT, watchStats } from './watching'

const bed = inject('bed')
const starters = { docker: startDocker, podman: startPodman }

/** Uses all the CPU that it may, and ends at once when it is asked to. */
const BUSY = ['sh', '-c', "trap 'exit 0' TERM; while :; do :; done"]
const HALF_A_CORE = ['--cpus', '0.5']
/** A quota is kept in periods of 100 ms: a second may hold one more than its share. */
const BOUNDS = { cpuPercent: 65 }

async function watch(engine: Pick<EngineFacts, 'socket'>) {
  const client = await openClient({ engine: engine.socket })
  const { id: engineId } = await client.engine()
  return { client, engineId, ...watchStats(client.api, engineId) }
}

describe.each(bed.engines)('statistics on $kind', (engine) => {
  const { cli, run, idOf } = maker(engine, bed.busybox)

  test('a container that restarts leaves a gap and two marks, and is charted on', async () => {
    const { ticks, valuesOf, known, history, marks } = await watch(engine)
    const name = await run(HALF_A_CORE, BUSY)
    const id = await idOf(name)
    await known([id])
    const restart = ticks.length
    await cli(['restart', '--time', '1', name])
    await known([id], 'cpuPercent', ticks.length + 1)
    const since = valuesOf(id, 'cpuPercent', restart)
    expect(since.slice(0, since.findLastIndex(isKnown)).some((value) => !isKnown(value))).toBe(true)
    const seen = await marks(id, ['start', 'stop'], 3)
    expect(seen).toMatchObject([
      { kind: 'start' },
      { kind: 'stop', exitCode: 0 },
      { kind: 'start' },
    ])
    const kept = await history(id)
    const charted = kept.metrics.cpuPercent?.average ?? []
    const [first, last] = [charted.findIndex(isKnown), charted.findLastIndex(isKnown)]
    expect(charted.slice(first, last)).toContain(null)
    expect(absurditiesOfHistory(kept, BOUNDS)).toEqual([])
    expect(absurditiesOf(ticks, BOUNDS)).toEqual([])
  })

  test('a paused container rests at zero and keeps its memory; both moments are marked', async () => {
    const { ticks, valuesOf, known, history, marks } = await watch(engine)
    const name = await run(HALF_A_CORE, BUSY)
    const id = await idOf(name)
    await known([id])
    await cli(['pause', name])
    onTestFinished(async () => {
      await cli(['unpause', name]).catch(() => undefined)
    })
    const paused = ticks.length
    await expect.poll(() => valuesOf(id, 'cpuPercent', paused), WAIT).toContain(0)
    expect(valuesOf(id, 'memoryBytes').at(-1)).toBeGreaterThan(0)
    await cli(['unpause', name])
    await expect.poll(() => valuesOf(id, 'cpuPercent').at(-1), WAIT).toBeGreaterThan(20)
    const seen = await marks(id, ['start', 'stop', 'pause', 'unpause'], 3)
    expect(seen.map(({ kind }) => kind)).toEqual(['start', 'pause', 'unpause'])
    expect(absurditiesOfHistory(await history(id), BOUNDS)).toEqual([])
    expect(absurditiesOf(ticks, BOUNDS)).toEqual([])
  })

  test('a container that is removed while it is read ends; its past stays, and others go on', async () => {
    const { ticks, valuesOf, known, history, marks } = await watch(engine)
    const [goes, stays] = [await run(HALF_A_CORE, BUSY), await run(HALF_A_CORE, BUSY)]
    const [going, staying] = [await idOf(goes), await idOf(stays)]
    await known([going, staying])
    const removal = ticks.length
    await cli(['rm', '--force', goes])
    const there = () => ticks.at(-1)?.containers.map(({ id }) => id)
    await expect.poll(there, WAIT).not.toContain(going)
    await known([staying])
    expect(valuesOf(staying, 'cpuPercent', removal).every(isKnown)).toBe(true)
    expect((await history(going)).metrics.cpuPercent?.average.some(isKnown)).toBe(true)
    const seen = await marks(going, ['start', 'stop'], 2)
    expect(seen.map(({ kind }) => kind)).toEqual(['start', 'stop'])
    expect(absurditiesOf(ticks, BOUNDS)).toEqual([])
  })

  test('cgroups that cannot be read: the engine is asked instead, and it is said so', async () => {
    const name = await run(HALF_A_CORE, BUSY)
    const id = await idOf(name)
    const api = await openWithoutCgroups(engine)
    const { engines } = await firstOf(api.engines.watch(), (message) =>
      message.engines.some(({ statsSource }) => statsSource !== null),
    )
    expect(engines).toMatchObject([{ statsSource: 'engine-api' }])
    const { ticks, known, valuesOf } = watchStats(api, engines[0]?.id ?? '')
    await known([id])
    await known([id])
    const own = ticks.flatMap(({ containers }) => containers.filter((one) => one.id === id))
    expect(new Set(own.map(({ source }) => source))).toEqual(new Set(['engine-api']))
    expect(valuesOf(id, 'memoryBytes').at(-1)).toBeGreaterThan(0)
    expect(absurditiesOf(ticks, BOUNDS)).toEqual([])
  })

  test('killed and started again: no spike, whether its containers lived on or not', async () => {
    const own = await starters[engine.kind](bed.folder)
    onTestFinished(() => own.stop())
    await makeBusyboxImage(own, bed.busybox)
    const things = maker(own, bed.busybox)
    const { client, ticks, valuesOf, known, history, marks } = await watch(own)
    const restarts = ['--restart', 'always']
    const id = await things.idOf(await things.run([...HALF_A_CORE, ...restarts], BUSY))
    await known([id])
    const killed = ticks.length
    await own.kill()
    await client.engine(({ state }) => state === 'reconnecting')
    await own.start()
    await client.engine()
    await known([id], 'cpuPercent', ticks.length + 2)
    const since = valuesOf(id, 'cpuPercent', killed)
    if (engine.kind === 'podman') expect(since.every(isKnown)).toBe(true)
    else {
      // A Docker daemon that was killed ends what it finds of before, then starts it again.
      expect(since.some((value) => !isKnown(value))).toBe(true)
      const seen = await marks(id, ['start', 'stop'], 3)
      expect(seen.map(({ kind }) => kind)).toEqual(['start', 'stop', 'start'])
    }
    expect(absurditiesOfHistory(await history(id), BOUNDS)).toEqual([])
    expect(absurditiesOf(ticks, BOUNDS)).toEqual([])
  })
})

test('forty containers that start at once: each is charted, with no spike among them', async () => {
  const { cli, removeLater } = maker(bed.docker, bed.busybox)
  const { ticks, known } = await watch(bed.docker)
  const names = Array.from({ length: 40 }, (_, index) => `burst-${index}`)
  for (const name of names) removeLater(name)
  const work = ['sh', '-c', 'while :; do for i in 1 2 3 4 5 6 7 8 9; do :; done; sleep 0.1; done']
  await Promise.all(
    names.map((name) => cli(['create', '--name', name, '--network', 'none', bed.busybox, ...work])),
  )
  await cli(['start', ...names])
  const ids = (await cli(['inspect', '--format', '{{.Id}}', ...names])).split('\n')
  await known(ids)
  await cli(['kill', ...names])
  expect(absurditiesOf(ticks)).toEqual([])
})

test('500 containers in one burst are all charted; those that vanish unannounced leave gaps alone', async () => {
  const cgroups = await makeCgroups(500)
  const stats = createStats({
    engineId: 'none',
    history: new HistoryStore({ folder: mkdtempSync(join(bed.folder, 'history-')) }),
    fetchStats: () => Promise.reject(new Error('There is no engine.')),
    isLocal: true,
    cores: cpus().length,
    machineMemoryBytes: null,
  })
  onTestFinished(() => stats.close())
  const ticks: StatsTick[] = []
  const following = (async () => {
    for await (const tick of stats.watch(AbortSignal.timeout(60_000))) ticks.push(tick)
  })()
  // Engines tell of them one after the other.
  for (let count = 50; count <= 500; count += 50) {
    stats.setContainers(cgroups.slice(0, count).map(runningContainer))
  }
  const charted = () => knownIn(ticks.at(-1))
  await expect.poll(() => charted().length, WAIT).toBe(500)
  expect(stats.source).toBe('cgroup')
  const [gone, left] = [cgroups.slice(0, 250), cgroups.slice(250)]
  await Promise.all(gone.map(({ vanish }) => vanish()))
  const vanished = ticks.length
  await expect.poll(() => ticks.length, WAIT).toBeGreaterThan(vanished + 2)
  expect(charted()).toEqual(left.map(({ id }) => id))
  for (const tick of ticks.slice(vanished)) {
    expect(knownIn(tick)).toEqual(expect.arrayContaining(left.map(({ id }) => id)))
  }
  stats.setContainers(left.map(runningContainer))
  await expect.poll(() => ticks.at(-1)?.containers.length, WAIT).toBe(250)
  stats.close()
  await following
  expect(absurditiesOf(ticks)).toEqual([])
})

function knownIn(tick: StatsTick | undefined): string[] {
  return (tick?.containers ?? [])
    .filter(({ values }) => isKnown(values[metricIndex.cpuPercent]))
    .map(({ id }) => id)
}

/** The whole app where nothing is mounted on /sys/fs/cgroup. */
async function openWithoutCgroups(engine: EngineFacts): Promise<Api> {
  const folder = mkdtempSync(join(bed.folder, 'app-'))
  const hide = 'umount --recursive /sys/fs/cgroup && exec "$0" "$@"'
  const by = ['unshare', '--mount', 'sh', '-c', hide]
  const { api } = await startOwnApp(engine, { folder, dataFolder: folder, by })
  return api
}
