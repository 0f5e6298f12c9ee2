import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { engineCli, makeLayeredImage, startDocker, startRegistry, type Engine } from '../bed'
import { buildClients } from './clients/build'
import { describeMachine } from './machine'
import { quantile } from './quantile'
import { figure, table, writeResults } from './results'
import {
  byApp,
  byCommand,
  directions,
  transferWays,
  type Direction,
  type TransferCost,
  type TransferWay,
} from './transferWays'

const LAYERS = 20
const LAYER_BYTES = 25 * 1024 * 1024
const ROUNDS = 5
const AIM = 1.05
/** Other work on the machine falls into one round and not into the next. */
const AT_MOST = 1.3

const { folder } = inject('bed')
const clientsFolder = resolve('test-results/bench-clients')
const program = join(clientsFolder, 'app.mjs')
const machine = describeMachine(['dockerd', 'docker', 'docker-registry'])
const measured: { way: TransferWay; direction: Direction; costs: TransferCost[] }[] =
  transferWays.flatMap((way) => directions.map((direction) => ({ way, direction, costs: [] })))
/** Its own, so that no layer, build or knowledge of registries is left from other benchmarks. */
let engine: Engine
/** The name that the image has between two rounds. */
let source = 'localhost/bench-transfer:1'

beforeAll(async () => {
  await buildClients(clientsFolder)
  engine = await startDocker(folder)
  await makeLayeredImage(engine, source, LAYERS, LAYER_BYTES)
})

afterAll(() => engine.stop())

test('what pushing and pulling a large image takes, against the docker command', async () => {
  for (const way of transferWays) await pushAndPull(way)
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of round % 2 === 0 ? transferWays : transferWays.toReversed()) {
      const costs = await pushAndPull(way)
      for (const direction of directions) of(way, direction).costs.push(costs[direction])
    }
  }
  const ratios = { push: ratioOf('push'), pull: ratioOf('pull') }
  const loadAfter = loadavg()[0] ?? NaN
  await writeResults('transfer', {
    machine,
    imageBytes: LAYERS * LAYER_BYTES,
    layers: LAYERS,
    loadAfter,
    measured,
    ratios,
    tables: [
      tables(ratios),
      `Load after: ${loadAfter.toFixed(2)}, the benchmark's own work in it.`,
    ].join('\n\n'),
  })
  expect(ratios.push).toBeLessThan(AT_MOST)
  expect(ratios.pull).toBeLessThan(AT_MOST)
})

/** Pushes the image into an empty registry, removes it from the engine, and pulls it back. */
async function pushAndPull(way: TransferWay): Promise<Record<Direction, TransferCost>> {
  const cli = engineCli(engine)
  const registry = await startRegistry(folder)
  try {
    const reference = `${registry.host}/bench/transfer:1`
    await cli(['tag', source, reference])
    await cli(['rmi', source])
    source = reference
    const push = await transfer(way, 'push', reference)
    await cli(['rmi', reference])
    expect(await cli(['images', '--all', '--quiet'])).toBe('')
    const pull = await transfer(way, 'pull', reference)
    return { push, pull }
  } finally {
    await registry.stop()
  }
}

async function transfer(
  way: TransferWay,
  direction: Direction,
  reference: string,
): Promise<TransferCost> {
  // What was written before is not to be waited for by what is measured.
  execFileSync('sync', ['--file-system', folder])
  const cost =
    way === 'the app'
      ? await byApp(program, engine, mkdtempSync(join(folder, 'bench-app-')), direction, reference)
      : await byCommand(engine, direction, reference)
  expect(cost.layersMoved, `layers moved by ${way}, ${direction}`).toBe(LAYERS)
  return cost
}

function of(way: TransferWay, direction: Direction) {
  const found = measured.find((each) => each.way === way && each.direction === direction)
  if (!found) throw new Error(`${way} was not asked to ${direction}.`)
  return found
}

function ratioOf(direction: Direction): number {
  const [command, app] = transferWays.map((way) => median(wallMillis(way, direction)))
  return (app ?? NaN) / (command ?? NaN)
}

function wallMillis(way: TransferWay, direction: Direction): number[] {
  return of(way, direction).costs.map((cost) => cost.wallMillis)
}

/** The middle one; of an even number the higher of the two. */
function median(values: number[]): number {
  return quantile(values, 0.5)
}

function tables(ratios: Record<Direction, number>): string {
  const rows = directions.flatMap((direction) =>
    transferWays.map((way) => {
      const wall = wallMillis(way, direction)
      const seconds = [median(wall), Math.min(...wall), Math.max(...wall)].map((ms) => ms / 1_000)
      const cpu = median(of(way, direction).costs.map((cost) => cost.clientCpuMillis))
      const mbPerSecond = (LAYERS * LAYER_BYTES) / 1_000 / median(wall)
      return [`${direction}, ${way}`, ...seconds.map(figure), figure(mbPerSecond), figure(cpu)]
    }),
  )
  return [
    table(['', 'median s', 'shortest s', 'longest s', 'MB/s', 'client CPU ms'], rows),
    'What was aimed at:',
    table(
      ['wall time, the app / `docker` command', 'measured', 'at most'],
      directions.map((direction) => [direction, ratios[direction].toFixed(3), AIM.toFixed(2)]),
    ),
  ].join('\n\n')
}
