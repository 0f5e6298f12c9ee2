import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createReadStream, mkdtempSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pack, type Pack } from 'tar-stream'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { LayerAnalysis } from '../../preload/contract/layers'
import { analysisOf } from '../../main/layers/analyse'
import { readImageArchive } from '../../main/layers/imageArchive'
import { engineCli } from '../bed'
import { engineRequest } from '../bed/api'
import { called, openOn, untilImage } from '../images'
import { describeMachine } from './machine'
import { figure, table, writeResults } from './results'

const MIB = 1024 * 1024
const RUNS = 5
const BIG_BYTES = 80 * MIB
const SMALL = { files: 12_000, bytes: 4_096 }
/** Ours hashes what tar only passes over, and stands on a stream library. */
const MOST_TIMES_TAR = 12

const { docker: engine, folder } = inject('bed')
const cli = engineCli(engine)
const machine = describeMachine(['dockerd', 'tar'])
const reference = 'localhost/bench-layers:1'
const file = join(mkdtempSync(join(folder, 'bench-layers-')), 'image.tar')
const socket = `unix://${engine.socket}`

beforeAll(async () => {
  const query = new URLSearchParams({ t: reference })
  const answer = await engineRequest(engine, 'POST', `/build?${query}`, Readable.from(context()))
  if (answer.status !== 200 || answer.body.includes('"error"')) throw new Error(answer.body)
  await cli(['save', '--output', file, reference])
})

afterAll(async () => {
  await cli(['rmi', '--force', reference])
})

test('how fast layers are analysed, against tar on the same archive', async () => {
  const bytes = statSync(file).size
  const layers = execFileSync('tar', ['-tf', file], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => name.endsWith('layer.tar'))
  const { client, api, engineId } = await openOn(engine)
  const { id } = await untilImage(client, engineId, called(reference))
  const ways: [string, () => unknown][] = [
    ['`tar -t` of the archive, through a pipe', () => shell('cat "$0" | tar -t', file)],
    [
      '`tar -t` of each layer in it',
      () => {
        for (const layer of layers) shell('tar -xOf "$0" "$1" | tar -t', file, layer)
      },
    ],
    ['analysis of the file', () => analyseFile(id)],
    ['`docker save` into nothing', () => shell(`docker --host ${socket} save "$0"`, reference)],
    ['analysis out of the engine', () => analyseImage(id)],
  ]
  const measured: { way: string; millis: number; mbPerSecond: number }[] = []
  for (const [way, work] of ways) {
    const millis = await bestOf(work)
    measured.push({ way, millis, mbPerSecond: bytes / 1_000 / millis })
  }

  /** A new app each time: it remembers what it analysed. */
  async function analyseImage(image: string): Promise<LayerAnalysis> {
    const fresh = await openOn(engine)
    for await (const message of await fresh.api.layers.analyse({ engineId, id: image })) {
      if (message.kind === 'read') return message.analysis
    }
    throw new Error('The analysis ended without a result.')
  }

  const analysis = await analyseFile(id)
  expect(analysis.layers.map(({ added }) => added.files)).toEqual([1, SMALL.files, SMALL.files])
  expect((await api.layers.ofImage({ engineId, id })).filter(({ layer }) => layer)).toHaveLength(3)
  const [, perLayer, ours] = measured
  const rows = measured.map(({ way, millis, mbPerSecond }) => [
    way,
    figure(millis),
    figure(mbPerSecond),
    figure(millis / (perLayer?.millis ?? NaN)),
  ])
  await writeResults('layers', {
    machine,
    archiveBytes: bytes,
    measured,
    tables: table(['', 'ms', 'MB/s', '× `tar -t` of each layer'], rows),
  })
  expect((ours?.millis ?? Infinity) / (perLayer?.millis ?? 0)).toBeLessThan(MOST_TIMES_TAR)
})

async function analyseFile(id: string): Promise<LayerAnalysis> {
  const content = await readImageArchive(createReadStream(file), new AbortController().signal)
  return analysisOf(id, content).analysis
}

async function bestOf(work: () => unknown): Promise<number> {
  let best = Infinity
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now()
    await work()
    best = Math.min(best, performance.now() - begun)
  }
  return best
}

function shell(script: string, ...args: string[]): void {
  execFileSync('sh', ['-c', `${script} > /dev/null`, ...args])
}

/** One big file, and two layers of many small ones, the second over the first. */
function context(): Pack {
  const tar = pack()
  tar.entry({ name: 'big' }, randomBytes(BIG_BYTES))
  for (const layer of ['one', 'two']) {
    for (let at = 0; at < SMALL.files; at++) {
      tar.entry({ name: `${layer}/${at % 100}/${layer}-${at}` }, randomBytes(SMALL.bytes))
    }
  }
  tar.entry({ name: 'Dockerfile' }, 'FROM scratch\nCOPY big /big\nCOPY one /in\nCOPY two /in\n')
  tar.finalize()
  return tar
}
