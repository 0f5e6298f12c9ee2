import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { metricIndex, metrics, type Mark } from '../../../../preload/contract/stats'
import { HistoryStore, type HistoryStoreOptions } from '../../../../main/stats/history/historyStore'
import type { ContainerIdentity, Recorder } from '../../../../main/stats/history/recorder'
import { ManualClock } from '../manualClock'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const idOf = (digit: string) => digit.repeat(64)

function identityOf(digit: string, more: Partial<ContainerIdentity> = {}): ContainerIdentity {
  const compose = { composeProject: null, composeService: null, composeNumber: null }
  return {
    id: idOf(digit),
    engineId: 'engine',
    name: `name-${digit}`,
    createdAt: 0,
    ...compose,
    ...more,
  }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-history-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

async function openStore(options: HistoryStoreOptions): Promise<HistoryStore> {
  const store = new HistoryStore(options)
  await store.load()
  onTestFinished(() => store.close())
  return store
}

/** A store on a new folder, and a clock that stands at a round hour. */
async function createStore(options: Partial<HistoryStoreOptions> = {}) {
  const folder = join(temporaryFolder(), 'history')
  const clock = new ManualClock()
  const store = await openStore({ folder, clock, flushMillis: 365 * DAY, ...options })
  return { folder, clock, store, reopen: () => openStore({ folder, clock }) }
}

/** Samples with this CPU for so long, one every `stepMillis` of the clock's. */
async function run(
  { clock, store }: { clock: ManualClock; store: HistoryStore },
  recorder: Recorder,
  { millis, stepMillis = SECOND, cpu }: { millis: number; stepMillis?: number; cpu: number },
): Promise<void> {
  const values = new Float64Array(metrics.length).fill(Number.NaN)
  values[metricIndex.cpuPercent] = cpu
  for (let passed = 0; passed < millis; passed += stepMillis) {
    clock.jump(stepMillis)
    recorder.push(clock.wallMillis(), values)
    if (passed % (5 * MINUTE) === 0) await store.flush()
  }
}

/** What is kept of the last `millis`. */
async function last(
  store: HistoryStore,
  clock: ManualClock,
  { digit = 'a', millis, points = 900 }: { digit?: string; millis: number; points?: number },
) {
  const to = clock.wallMillis()
  const {
    bucketMillis,
    at,
    metrics: known,
  } = await store.read({
    id: idOf(digit),
    from: to - millis,
    to,
    points,
  })
  return { bucketMillis, at, cpu: known.cpuPercent }
}

async function marksOf(store: HistoryStore, digit: string): Promise<Mark[]> {
  for await (const marks of store.watchMarks(idOf(digit), new AbortController().signal))
    return marks
  return []
}

test('15 minutes are kept by the second, a day by ten, thirty days by five minutes', async () => {
  const test = await createStore()
  const { store, clock } = test
  const recorder = store.recorder(identityOf('a'))
  await run(test, recorder, { millis: 31 * DAY, stepMillis: 2.5 * MINUTE, cpu: 30 })
  await run(test, recorder, { millis: 25 * HOUR, stepMillis: 10 * SECOND, cpu: 20 })
  await run(test, recorder, { millis: 20 * MINUTE, cpu: 10 })

  const second = await last(store, clock, { millis: 15 * MINUTE - SECOND })
  expect(second.bucketMillis).toBe(SECOND)
  expect(second.at).toHaveLength(900)
  const ten = await last(store, clock, { millis: 12 * HOUR, points: 5_000 })
  expect(ten.bucketMillis).toBe(10 * SECOND)
  expect(ten.at.length).toBeGreaterThanOrEqual(4_319)
  const five = await last(store, clock, { millis: 30 * DAY - 5 * MINUTE, points: 5_000 })
  // 8,640 rows for 5,000 points.
  expect(five.bucketMillis).toBe(10 * MINUTE)
  expect(five.cpu?.average[0]).toBeCloseTo(30, 1)
  expect(five.at[0]).toBeLessThanOrEqual(clock.wallMillis() - 30 * DAY + 20 * MINUTE)
}, 60_000)

test('a bucket knows its average, minimum and maximum, and the open one is there too', async () => {
  const test = await createStore()
  const { store, clock } = test
  const recorder = store.recorder(identityOf('a'))
  await run(test, recorder, { millis: HOUR, stepMillis: 5 * SECOND, cpu: 0 })
  await run(test, recorder, { millis: 5 * SECOND, stepMillis: 5 * SECOND, cpu: 90 })
  const { cpu } = await last(store, clock, { millis: 2 * HOUR, points: 5_000 })
  expect(cpu?.average.slice(-2)).toEqual([0, 90])
  const wide = await last(store, clock, { millis: 2 * HOUR, points: 720 })
  expect(wide.bucketMillis).toBe(10 * SECOND)
  expect([wide.cpu?.minimum.at(-1), wide.cpu?.maximum.at(-1)]).toEqual([0, 90])
})

test('everything is there after a restart, with a gap for the time that the app was off', async () => {
  const test = await createStore()
  const { store, clock } = test
  await run(test, store.recorder(identityOf('a')), { millis: 3 * HOUR, cpu: 25 })
  const before = await last(store, clock, { millis: 3 * HOUR })
  await store.close()
  const again = await test.reopen()
  expect(await last(again, clock, { millis: 3 * HOUR })).toEqual(before)

  clock.jump(2 * MINUTE)
  await run({ store: again, clock }, again.recorder(identityOf('a')), {
    millis: 10 * SECOND,
    cpu: 50,
  })
  const { at, cpu } = await last(again, clock, { millis: 5 * MINUTE })
  const gap = cpu?.average.indexOf(null) ?? -1
  expect(cpu?.average.slice(gap - 1, gap + 2)).toEqual([25, null, 50])
  expect((at[gap + 1] ?? 0) - (at[gap - 1] ?? 0)).toBe(2 * MINUTE + SECOND)
})

test('a bucket that was open when the app ended goes on when it begins again', async () => {
  const test = await createStore()
  const { store, clock } = test
  await run(test, store.recorder(identityOf('a')), { millis: 2 * MINUTE, cpu: 90 })
  await store.close()
  const again = await test.reopen()
  const recorder = again.recorder(identityOf('a'))
  await run({ store: again, clock }, recorder, { millis: 40 * MINUTE, cpu: 0 })
  const { at, cpu } = await last(again, clock, { millis: 2 * HOUR, points: 24 })
  expect(at.length).toBeGreaterThan(5)
  expect([cpu?.minimum[0], cpu?.maximum[0]]).toEqual([0, 90])
  // 2 of the first 5 minutes.
  expect(cpu?.average[0]).toBeCloseTo(36, 0)
})

test('a container that stopped keeps its past', async () => {
  const test = await createStore()
  const { store, clock } = test
  await run(test, store.recorder(identityOf('a')), { millis: MINUTE, cpu: 25 })
  clock.jump(HOUR)
  // It rests now: its files are read when they are asked for.
  await store.flush()
  const { cpu } = await last(store, clock, { millis: 2 * HOUR })
  expect(cpu?.average).toContain(25)
})

test('a recreated container goes on where the one before it ended, found by name, with a mark', async () => {
  const test = await createStore()
  const { store, clock } = test
  await run(test, store.recorder(identityOf('a', { name: 'web' })), { millis: MINUTE, cpu: 25 })
  const recorder = store.recorder(identityOf('b', { name: 'web' }))
  await run(test, recorder, { millis: MINUTE, cpu: 50 })
  const changedAt = clock.wallMillis() - MINUTE + SECOND
  const { at, cpu } = await last(store, clock, { digit: 'b', millis: HOUR, points: 5_000 })
  expect(at).toHaveLength(120)
  expect(cpu?.average.slice(59, 61)).toEqual([25, 50])
  expect(await marksOf(store, 'b')).toEqual([
    { kind: 'replaced', at: changedAt, previousId: idOf('a') },
  ])
  // The one that was replaced knows nothing of what came after it.
  const old = await last(store, clock, { digit: 'a', millis: HOUR, points: 5_000 })
  expect(old.at).toHaveLength(60)
})

test('marks are told again whenever one comes, each once, and survive a restart', async () => {
  const test = await createStore()
  const { store } = test
  const recorder = store.recorder(identityOf('a'))
  const watching = new AbortController()
  const seen = store.watchMarks(idOf('a'), watching.signal)
  expect((await seen.next()).value).toEqual([])
  recorder.mark({ kind: 'start', at: 20 })
  recorder.mark({ kind: 'stop', at: 10, exitCode: 0 })
  recorder.mark({ kind: 'start', at: 20 })
  const both = [
    { kind: 'stop', at: 10, exitCode: 0 },
    { kind: 'start', at: 20 },
  ]
  expect((await seen.next()).value).toEqual(both)
  watching.abort()
  expect((await seen.next()).done).toBe(true)
  await run(test, recorder, { millis: SECOND, cpu: 1 })
  await store.close()
  expect(await marksOf(await test.reopen(), 'a')).toEqual(both)
})

test('a kill that the kernel and the engine tell of is one', async () => {
  const { store } = await createStore()
  const recorder = store.recorder(identityOf('a'))
  recorder.mark({ kind: 'oom', at: 1_000, kills: 1 })
  recorder.mark({ kind: 'oom', at: 2_500, kills: 1 })
  recorder.mark({ kind: 'oom', at: 60_000, kills: 1 })
  expect((await marksOf(store, 'a')).map(({ at }) => at)).toEqual([1_000, 60_000])
})

test('of each container the last 500 marks are kept', async () => {
  const { store } = await createStore()
  const recorder = store.recorder(identityOf('a'))
  for (let at = 1; at <= 600; at++) recorder.mark({ kind: 'start', at })
  const marks = await marksOf(store, 'a')
  expect(marks).toHaveLength(500)
  expect(marks[0]).toEqual({ kind: 'start', at: 101 })
})

test('when the disk is full the oldest containers go first, the one that is sampled last', async () => {
  const test = await createStore({ maxBytes: 60_000 })
  const { store, clock, folder } = test
  // A minute takes four blocks of 4 KiB.
  for (const digit of ['a', 'b', 'c', 'd', 'e', 'f']) {
    await run(test, store.recorder(identityOf(digit)), { millis: MINUTE, cpu: 1 })
    await store.flush()
    clock.jump(HOUR)
  }
  await store.flush()
  const kept = readdirSync(folder)
  expect(kept).not.toContain(idOf('a'))
  expect(kept).toContain(idOf('f'))
  expect(kept.length).toBeGreaterThan(2)
  expect((await last(store, clock, { digit: 'a', millis: DAY })).at).toEqual([])
})

test('there are never more containers than allowed, the oldest go first', async () => {
  const test = await createStore({ maxContainers: 3 })
  const { store, clock, folder } = test
  for (const digit of ['a', 'b', 'c', 'd', 'e']) {
    await run(test, store.recorder(identityOf(digit)), { millis: 5 * SECOND, cpu: 1 })
    await store.flush()
    clock.jump(HOUR)
  }
  await store.flush()
  expect(readdirSync(folder).sort()).toEqual(['c', 'd', 'e'].map(idOf))
})

test('what was sampled last more than 30 days ago goes', async () => {
  const test = await createStore()
  const { store, clock, folder } = test
  await run(test, store.recorder(identityOf('a')), { millis: MINUTE, cpu: 1 })
  await store.flush()
  clock.jump(31 * DAY)
  await store.flush()
  expect(readdirSync(folder)).toEqual([])
})

test('a container that was never sampled leaves nothing on the disk', async () => {
  const { store, folder, clock } = await createStore()
  store.recorder(identityOf('a')).mark({ kind: 'start', at: 1 })
  await store.flush()
  expect(() => readdirSync(folder)).toThrow('ENOENT')
  expect(store.knows(idOf('a'))).toBe(true)
  clock.jump(HOUR)
  await store.flush()
  expect(store.knows(idOf('a'))).toBe(false)
})

test('while the disk refuses, samples wait in memory, and are written once it takes them', async () => {
  const parent = temporaryFolder()
  const folder = join(parent, 'history')
  writeFileSync(folder, 'a file where the folder should be')
  const clock = new ManualClock()
  const store = await openStore({ folder, clock })
  const test = { store, clock }
  await run(test, store.recorder(identityOf('a')), { millis: 5 * MINUTE, cpu: 25 })
  await store.flush()
  expect((await last(store, clock, { millis: HOUR })).cpu?.average).toContain(25)
  rmSync(folder)
  await store.close()
  const again = await openStore({ folder, clock })
  expect((await last(again, clock, { millis: HOUR, points: 5_000 })).at).toHaveLength(300)
})

test('a lost about.json costs the name, not the figures; foreign files are let alone', async () => {
  const test = await createStore()
  const { store, clock, folder } = test
  await run(test, store.recorder(identityOf('a')), { millis: MINUTE, cpu: 25 })
  await store.close()
  const about = '{"version":2,"name":"from a later version"}'
  writeFileSync(join(folder, idOf('a'), 'about.json'), about)
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  mkdirSync(join(folder, 'other'))
  const again = await test.reopen()
  expect((await last(again, clock, { millis: HOUR })).cpu?.average).toContain(25)
  expect(again.knows('notes.txt')).toBe(false)
  await again.flush()
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['notes.txt', 'other']))
  // What could not be read is set aside, not lost.
  expect(readFileSync(join(folder, idOf('a'), 'about.json.other'), 'utf8')).toBe(about)
})

test('a mark that cannot be read does not cost the others', async () => {
  const test = await createStore()
  const { store, folder } = test
  const recorder = store.recorder(identityOf('a'))
  recorder.mark({ kind: 'start', at: 5 })
  await run(test, recorder, { millis: SECOND, cpu: 1 })
  await store.close()
  const file = join(folder, idOf('a'), 'about.json')
  const about = { version: 1, ...identityOf('a'), firstAt: 1 }
  const marks = [{ kind: 'landed', at: 1 }, { kind: 'start', at: 5 }, null]
  writeFileSync(file, JSON.stringify({ ...about, marks }))
  expect(await marksOf(await test.reopen(), 'a')).toEqual([{ kind: 'start', at: 5 }])
})
