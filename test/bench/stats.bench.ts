import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { engineCli } from '../bed'
import { buildClients } from './clients/build'
import type { ClientTask } from './clients/measure'
import { startCommand, startModule, type Client } from './clients/start'
import { cpuMillisOf, engineProcesses } from './engineCpu'

const CONTAINERS = 20
const WARM_UP_MILLIS = 2_500
const MEASURED_MILLIS = 8_000

/** What one way of reading the statistics of all containers costs, in milliseconds per second. */
interface Cost {
  name: string
  /** Of the engine's processes together. */
  engineCpuMillis: number
  clientCpuMillis: number
  /** For each container; null where the client does not tell. */
  samplesPerSecond: number | null
}

const { docker: engine, busybox } = inject('bed')
const resultsFolder = resolve(import.meta.dirname, '../../test-results')
const clientsFolder = join(resultsFolder, 'bench-clients')
const cli = engineCli(engine)
let containers: ClientTask['containers'] = []
let enginePids: number[] = []

beforeAll(async () => {
  await buildClients(clientsFolder)
  containers = await Promise.all(Array.from({ length: CONTAINERS }, runIdleContainer))
  enginePids = engineProcesses(engine)
})

afterAll(async () => {
  await cli(['rm', '--force', ...containers.map(({ id }) => id)])
})

test(`what the statistics of ${CONTAINERS} idle containers cost`, async () => {
  const sampler = join(clientsFolder, 'sampler.mjs')
  const streams = join(clientsFolder, 'streams.mjs')
  const task = { socketPath: engine.socket, containers, source: 'engine-api' } as const
  const dockerStats = ['--host', `unix://${engine.socket}`, 'stats']
  const idle = await measure('a Node process that waits', () =>
    startModule(streams, { ...task, containers: [] }),
  )
  const clients = [
    await measure('our cgroup sampler', () => startModule(sampler, { ...task, source: 'cgroup' })),
    await measure('our engine-API sampler', () => startModule(sampler, task)),
    await measure('dockerode streams', () => startModule(streams, task)),
    await measure('docker stats', () => startCommand('docker', dockerStats)),
  ]
  report(idle, clients)
  expect(clients[0]?.samplesPerSecond).toBeGreaterThan(0.9)
})

/** Measures a client once it has settled. */
async function measure(name: string, start: () => Client | Promise<Client>): Promise<Cost> {
  const client = await start()
  await delay(WARM_UP_MILLIS)
  client.begin()
  const begin = { at: performance.now(), engineCpuMillis: cpuMillisOf(enginePids) }
  await delay(MEASURED_MILLIS)
  const engineCpuMillis = cpuMillisOf(enginePids) - begin.engineCpuMillis
  const { cpuMillis, samples } = await client.end()
  const seconds = (performance.now() - begin.at) / 1_000
  return {
    name,
    engineCpuMillis: engineCpuMillis / seconds,
    clientCpuMillis: cpuMillis / seconds,
    samplesPerSecond: samples === null ? null : samples / seconds / CONTAINERS,
  }
}

async function runIdleContainer(): Promise<ClientTask['containers'][number]> {
  const id = await cli(['run', '-d', '--network', 'none', busybox, 'sleep', '100000'])
  return { id, pid: Number(await cli(['inspect', '--format', '{{.State.Pid}}', id])) }
}

/**
 * Prints a table and writes it to test-results/bench-stats.json. What the engine uses without any
 * client is taken off; what a Node process uses for itself is not, and has a row of its own.
 */
function report(idle: Cost, clients: Cost[]): void {
  const totals = clients.map(
    // Idle use is not steady, so the rest can be below zero.
    ({ engineCpuMillis, clientCpuMillis }) =>
      Math.max(0, engineCpuMillis - idle.engineCpuMillis) + clientCpuMillis,
  )
  const costs = clients.map((cost, index) => ({
    ...cost,
    engineCpuMillis: cost.engineCpuMillis - idle.engineCpuMillis,
    timesOurs: (totals[index] ?? 0) / (totals[0] ?? 0),
  }))
  console.log(`${CONTAINERS} idle containers, CPU in ms per second`)
  console.table(
    Object.fromEntries(
      [{ ...idle, timesOurs: null }, ...costs].map((cost) => [
        cost.name,
        {
          engine: round(cost.engineCpuMillis, 1),
          client: round(cost.clientCpuMillis, 1),
          'samples/s each': cost.samplesPerSecond === null ? '' : round(cost.samplesPerSecond, 2),
          'times ours': cost.timesOurs === null ? '' : round(cost.timesOurs, 1),
        },
      ]),
    ),
  )
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version }
  const result = { at: new Date().toISOString(), machine, containers: CONTAINERS, idle, costs }
  mkdirSync(resultsFolder, { recursive: true })
  writeFileSync(join(resultsFolder, 'bench-stats.json'), `${JSON.stringify(result, null, 2)}\n`)
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
