import { mkdtempSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { engineCli } from '../bed'
import { buildClients, type Program } from './clients/build'
import type { ClientTask } from './clients/protocol'
import { startCommand, startModule, type Client, type ModuleClient } from './clients/start'
import { targetsOf, type Cost, type Round, type Way } from './costs'
import { cpuMillisOf, engineProcesses } from './engineCpu'
import { describeMachine } from './machine'
import { openWatchingPage, type WatchingPage } from './page'
import { writeResults } from './results'
import { statisticsTables } from './statsTables'

const COUNTS = [1, 10, 40, 100]
const LAST = Math.max(...COUNTS)
/** Started at once; more only wait for each other in the engine. */
const STARTS = 4
/** The engine's own work after containers were started. */
const ENGINE_SETTLE_MILLIS = 3_000
const SETTLE_MILLIS = 1_500
const MEASURED_MILLIS = 4_000
const DELAY_MILLIS = 3_000
/** Its ticks cannot be hurried; by then the compiler has done most of its work. */
const APP_WARM_UP_MILLIS = 8_000
/** Of the round that the targets are judged by, at least as many ticks as a minute has. */
const LAST_APP_WARM_UP_MILLIS = 60_000
/** A ratio may miss its aim on a machine that is slow or does other work, not by so many times. */
const TOLERANCE = 4
const STIR_MILLIS = 400

const { docker: engine, busybox, folder } = inject('bed')
const clientsFolder = resolve('test-results/bench-clients')
const cli = engineCli(engine)
const machine = describeMachine(['dockerd', 'docker'])
const containers: ClientTask['containers'] = []
const rounds: Round[] = []
let enginePids: number[] = []

beforeAll(() => buildClients(clientsFolder))

afterAll(async () => {
  await cli(['rm', '--force', ...containers.map(({ id }) => id)])
})

test.each(COUNTS)('what the statistics of %i idle containers cost', async (count) => {
  await runIdleContainers(count)
  enginePids = engineProcesses(engine)
  await delay(ENGINE_SETTLE_MILLIS)
  rounds.push({ containers: count, costs: await measureAll() })
})

test('the results are written, and the targets are not missed by far', async () => {
  await writeResults('stats', { machine, rounds, tables: statisticsTables(rounds) })
  const last = rounds.at(-1)
  if (!last) throw new Error('Nothing was measured.')
  expect(last.costs['our cgroup sampler'].samplesPerSecond).toBeGreaterThan(0.9)
  for (const { name, ratio, aim } of targetsOf(last)) {
    expect(ratio, name).toBeLessThan(TOLERANCE * aim)
  }
})

async function measureAll(): Promise<Record<Way, Cost>> {
  const task: ClientTask = {
    ...{ socketPath: engine.socket, containers, source: 'cgroup', files: [] },
    dataFolder: mkdtempSync(join(folder, 'bench-app-')),
  }
  const dockerStats = ['--host', `unix://${engine.socket}`, 'stats']
  // First, because Go collects garbage in every shim when that is two minutes old: not in main's windows.
  const app = await measureApp(task)
  const idle = await measureModule('idle', task)
  const sampler = await measureModule('sampler', task)
  return {
    'a Node process that waits': idle.cost,
    'bare pread loop': (await measureModule('preads', { ...task, files: sampler.files })).cost,
    'our cgroup sampler': sampler.cost,
    'our cgroup sampler, none idle': await stirred(() => measureModule('sampler', task)),
    'main with a page watching': app,
    'our engine-API sampler': (await measureModule('sampler', { ...task, source: 'engine-api' }))
      .cost,
    'dockerode streams': (await measureModule('streams', task)).cost,
    'docker stats': await measure(startCommand('docker', dockerStats)),
    'docker stats --no-stream, each tick': (await measureModule('polling', task)).cost,
  }
}

/** Meanwhile each container's process does a few microseconds of work now and then. */
async function stirred(act: () => Promise<{ cost: Cost }>): Promise<Cost> {
  const timer = setInterval(() => {
    for (const { pid } of containers) {
      process.kill(pid, 'SIGSTOP')
      process.kill(pid, 'SIGCONT')
    }
  }, STIR_MILLIS)
  try {
    return (await act()).cost
  } finally {
    clearInterval(timer)
  }
}

async function measureModule(
  program: Program,
  task: ClientTask,
): Promise<{ cost: Cost; files: string[] }> {
  const client = await start(program, task)
  const eventLoopDelay = program === 'idle' ? await client.eventLoopDelay(DELAY_MILLIS) : null
  const { files, minuteCpuMillis } = client
  return { cost: { ...(await measure(client)), eventLoopDelay, minuteCpuMillis }, files }
}

async function measureApp(task: ClientTask): Promise<Cost> {
  const client = await start('app', task)
  const page = await openWatchingPage(client.port ?? 0)
  await delay(containers.length < LAST ? APP_WARM_UP_MILLIS : LAST_APP_WARM_UP_MILLIS)
  const eventLoopDelay = await client.eventLoopDelay(DELAY_MILLIS)
  const stop = () => {
    page.close()
    return client.stop()
  }
  return { ...(await measure({ ...client, stop }, page)), eventLoopDelay }
}

function start(program: Program, task: ClientTask): Promise<ModuleClient> {
  return startModule(join(clientsFolder, `${program}.mjs`), task)
}

/**
 * Measures a client once it has settled, and ends it.
 *
 * @param page Counts the figures that came where they end.
 */
async function measure(client: Client, page?: WatchingPage): Promise<Cost> {
  await delay(SETTLE_MILLIS)
  const first = await measureWindow(client, page)
  // Main asks the engine next to nothing: what one window has more is the engine's garbage collection.
  const cost = page ? lessOfEngine(first, await measureWindow(client, page)) : first
  await client.stop()
  return cost
}

function lessOfEngine(one: Cost, other: Cost): Cost {
  return one.engineCpuMillis < other.engineCpuMillis ? one : other
}

async function measureWindow(client: Client, page?: WatchingPage): Promise<Cost> {
  await client.begin()
  const before = {
    at: performance.now(),
    engine: cpuMillisOf(enginePids),
    samples: page?.samples(),
  }
  await delay(MEASURED_MILLIS)
  const report = await client.end()
  const engineCpuMillis = cpuMillisOf(enginePids) - before.engine
  const seconds = (performance.now() - before.at) / 1_000
  const samples = page ? page.samples() - (before.samples ?? 0) : report.samples
  return {
    engineCpuMillis: engineCpuMillis / seconds,
    clientCpuMillis: report.cpuMillis / seconds,
    tickCpuMillis: report.tickCpuMillis === null ? null : report.tickCpuMillis / seconds,
    samplesPerSecond: samples === null ? null : samples / seconds / containers.length,
    residentBytes: report.residentBytes,
    eventLoopDelay: null,
    minuteCpuMillis: null,
  }
}

async function runIdleContainers(count: number): Promise<void> {
  while (containers.length < count) {
    const missing = Math.min(STARTS, count - containers.length)
    containers.push(...(await Promise.all(Array.from({ length: missing }, runIdleContainer))))
  }
}

async function runIdleContainer(): Promise<ClientTask['containers'][number]> {
  const id = await cli(['run', '-d', '--network', 'none', busybox, 'sleep', '100000'])
  return { id, pid: Number(await cli(['inspect', '--format', '{{.State.Pid}}', id])) }
}
