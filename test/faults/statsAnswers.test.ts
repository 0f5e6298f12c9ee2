import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { openClient } from '../client'
import { maker } from '../e2e/things'
import { absurditiesOf } from './absurdities'
import { startEngineProxy } from './engineProxy'
import { connectedAt } from './scene'
import type { Spoiling } from './spoiling'
import { WAIT, watchStats } from './watching'

const bed = inject('bed')

const BUSY = ['sh', '-c', 'while :; do for i in 1 2 3 4 5 6 7 8 9; do :; done; sleep 0.1; done']

/** Where figures are right all the same, and where there can be none. */
const spoilings: Readonly<Record<string, { spoiling: Spoiling; harmless: boolean }>> = {
  late: { spoiling: { kind: 'delay', millis: 700 }, harmless: true },
  'in pieces': { spoiling: { kind: 'split', bytes: 4_000 }, harmless: true },
  'cut in its head': { spoiling: { kind: 'truncate', afterBytes: 1 }, harmless: false },
  'cut in the middle': { spoiling: { kind: 'truncate', afterBytes: 400 }, harmless: false },
  garbled: { spoiling: { kind: 'corrupt', at: 40, bytes: 8 }, harmless: false },
}

/** Of an engine whose cgroups are elsewhere, so that it is asked for them. */
describe.each(bed.engines)('statistics that $kind tells', (engine) => {
  test.each(Object.keys(spoilings))('%s', async (way) => {
    const { spoiling, harmless } = spoilings[way] ?? expect.fail()
    const proxy = await startEngineProxy(engine, bed.folder)
    const client = await openClient({ engine: proxy.address })
    const { id: engineId } = await client.engine()
    const { run, idOf } = maker(engine, bed.busybox)
    const id = await idOf(await run(['--cpus', '0.5'], BUSY))
    const { ticks, known, valuesOf } = watchStats(client.api, engineId)
    await known([id])
    expect(await client.engine()).toMatchObject({ statsSource: 'engine-api' })
    const since = await connectedAt(client.api)

    const spoiled = proxy.spoil(/\/stats\?/, spoiling)
    onTestFinished(() => spoiled.lift())
    await expect.poll(() => spoiled.hits(), WAIT).toBeGreaterThan(2)
    const newest = () => valuesOf(id, 'cpuPercent').at(-1)
    if (harmless) await known([id])
    // A gap, rather than the last figure for ever.
    else await expect.poll(newest, WAIT).toBeNull()
    spoiled.lift()
    await known([id])
    await known([id])
    expect(absurditiesOf(ticks)).toEqual([])
    // One kind of answer is no connection.
    expect(await connectedAt(client.api)).toBe(since)
  })
})
