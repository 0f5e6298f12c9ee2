import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { metricIndex, metrics, type Mark } from '../../../../preload/contract/stats'
import { log } from '../../../../main/log'
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

/** What all files of a folder have, together. */
const bytesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)

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

  const second = await last(store, clock, { millis: 15 * MINUTE })
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

test('marks and what was set aside count as well towards what may be kept', async () => {
  const maxBytes = 500_000
  const test = await createStore({ maxBytes })
  const { store, clock, folder } = test
  for (const digit of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const recorder = store.recorder(identityOf(digit))
    await run(test, recorder, { millis: MINUTE, cpu: 1 })
    for (let at = 1; at <= 500; at++) recorder.mark({ kind: 'alert', at, rule: 'x'.repeat(200) })
    await store.flush()
    writeFileSync(join(folder, idOf(digit), '1s.ring.other'), Buffer.alloc(50_000))
    clock.jump(HOUR)
  }
  await store.close()
  const again = await openStore({ folder, clock, maxBytes })
  expect(bytesIn(folder)).toBeLessThanOrEqual(maxBytes)
  await run({ store: again, clock }, again.recorder(identityOf('f')), { millis: MINUTE, cpu: 1 })
  await again.flush()
  expect(bytesIn(folder)).toBeLessThanOrEqual(maxBytes)
  expect(bytesIn(folder)).toBeGreaterThan(maxBytes / 2)
})

test('one that had to go while it is sampled begins anew', async () => {
  const test = await createStore({ maxContainers: 1 })
  const { store, clock } = test
  const [one, other] = [store.recorder(identityOf('a')), store.recorder(identityOf('b'))]
  await run(test, one, { millis: MINUTE, cpu: 1 })
  await run(test, other, { millis: MINUTE, cpu: 2 })
  await store.flush()
  expect(store.knows(idOf('a'))).toBe(false)
  await run(test, one, { millis: 10 * SECOND, cpu: 3 })
  const { cpu } = await last(store, clock, { digit: 'a', millis: HOUR, points: 5_000 })
  expect(cpu?.average).toEqual(Array.from({ length: 10 }, () => 3))
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

test('what is in memory is shown while the disk cannot be read either', async () => {
  const parent = temporaryFolder()
  const folder = join(parent, 'history')
  writeFileSync(folder, 'a file where the folder should be')
  const clock = new ManualClock()
  const store = await openStore({ folder, clock })
  await run({ store, clock }, store.recorder(identityOf('a')), { millis: 16 * MINUTE, cpu: 25 })
  expect((await last(store, clock, { millis: 5 * HOUR })).cpu?.average).toContain(25)
})

test('a disk that refuses is told of once in the log, and again when it refuses again', async () => {
  const warn = vi.spyOn(log, 'warn').mockReturnValue()
  onTestFinished(() => warn.mockRestore())
  const test = await createStore()
  const { store, folder } = test
  const [one, other] = [store.recorder(identityOf('a')), store.recorder(identityOf('b'))]
  const minute = async () => {
    await run(test, one, { millis: MINUTE, cpu: 1 })
    await run(test, other, { millis: MINUTE, cpu: 1 })
    await store.flush()
  }
  mkdirSync(folder)
  writeFileSync(join(folder, idOf('a')), 'a file where the folder should be')
  await minute()
  await minute()
  const toldOf = () => warn.mock.calls.filter(([, said]) => said?.includes('not be written')).length
  expect(toldOf()).toBe(1)
  rmSync(join(folder, idOf('a')))
  await minute()
  rmSync(join(folder, idOf('a')), { recursive: true })
  writeFileSync(join(folder, idOf('a')), 'again')
  await minute()
  expect(toldOf()).toBe(2)
})

test('a folder that is removed under the running app is made again', async () => {
  const test = await createStore()
  const { store, clock, folder } = test
  const recorder = store.recorder(identityOf('a'))
  await run(test, recorder, { millis: MINUTE, cpu: 1 })
  await store.flush()
  rmSync(folder, { recursive: true })
  await run(test, recorder, { millis: MINUTE, cpu: 2 })
  await store.close()
  const { cpu } = await last(await test.reopen(), clock, { millis: MINUTE - SECOND })
  expect(cpu?.average).toEqual(Array.from({ length: 60 }, () => 2))
})

test('one folder that cannot be read costs only itself; what a cut-off writing left is removed', async () => {
  const test = await createStore()
  const { store, clock, folder } = test
  for (const digit of ['b', 'c'])
    await run(test, store.recorder(identityOf(digit)), { millis: MINUTE, cpu: 25 })
  await store.close()
  writeFileSync(join(folder, idOf('a')), 'a file where a folder should be')
  writeFileSync(join(folder, idOf('b'), 'about.json.0123456789ab.tmp'), '{"vers')
  const again = await test.reopen()
  for (const digit of ['b', 'c'])
    expect((await last(again, clock, { digit, millis: HOUR })).cpu?.average).toContain(25)
  expect(readdirSync(join(folder, idOf('b'))).join()).not.toContain('.tmp')
})

test('a clock that is set back hides nothing that was before, and times keep increasing', async () => {
  const test = await createStore()
  const { store, clock } = test
  const recorder = store.recorder(identityOf('a'))
  await run(test, recorder, { millis: 3 * HOUR, cpu: 10 })
  await store.flush()
  clock.jump(-10 * MINUTE)
  await run(test, recorder, { millis: 30 * SECOND, cpu: 20 })
  for (const flushed of [false, true]) {
    if (flushed) await store.flush()
    const { at, cpu } = await last(store, clock, { millis: 2 * HOUR })
    expect(at[0]).toBeLessThanOrEqual(clock.wallMillis() - 2 * HOUR + 10 * SECOND)
    expect(at.toSorted((one, other) => one - other)).toEqual([...new Set(at)])
    expect(cpu?.average.at(-1)).toBe(20)
  }
})

test('a ring that is lost, or one row of it, hides nothing that another ring has', async () => {
  const test = await createStore()
  const { store, clock, folder } = test
  const recorder = store.recorder(identityOf('a'))
  await run(test, recorder, { millis: 3 * DAY, stepMillis: 2.5 * MINUTE, cpu: 30 })
  await run(test, recorder, { millis: 25 * HOUR, stepMillis: 10 * SECOND, cpu: 20 })
  await store.close()
  const ring = (name: string) => join(folder, idOf('a'), name)
  const beginsAgo = async (millis: number) => {
    const { at } = await last(await test.reopen(), clock, { millis })
    return clock.wallMillis() - (at[0] ?? Infinity)
  }

  const bytes = readFileSync(ring('10s.ring'))
  bytes[5_000] = (bytes[5_000] ?? 0) ^ 1
  writeFileSync(ring('10s.ring'), bytes)
  expect(await beginsAgo(3 * DAY)).toBeGreaterThan(3 * DAY - 10 * MINUTE)

  rmSync(ring('1s.ring'))
  expect(await beginsAgo(20 * HOUR)).toBeGreaterThan(20 * HOUR - MINUTE)
  rmSync(ring('10s.ring'))
  expect(await beginsAgo(20 * HOUR)).toBeGreaterThan(20 * HOUR - 10 * MINUTE)
})

test('a line of rings of different widths keeps to the points that were asked for', async () => {
  const test = await createStore()
  const { store, clock } = test
  await run(test, store.recorder(identityOf('a', { name: 'web' })), { millis: 2 * HOUR, cpu: 1 })
  await run(test, store.recorder(identityOf('b', { name: 'web' })), {
    millis: 10 * MINUTE,
    cpu: 2,
  })
  const { bucketMillis, at, cpu } = await last(store, clock, { digit: 'b', millis: 2 * HOUR })
  expect(at.length).toBeLessThanOrEqual(900)
  at.slice(1).forEach((time, index) => expect(time - (at[index] ?? 0)).toBe(bucketMillis))
  expect([cpu?.average[0], cpu?.average.at(-1)]).toEqual([1, 2])
})

test('whatever becomes of the files, nothing is shown that was not sampled, and it goes on', async () => {
  const test = await createStore()
  const { store, clock, folder } = test
  await run(test, store.recorder(identityOf('a')), { millis: 20 * MINUTE, cpu: 25 })
  await store.close()
  const own = join(folder, idOf('a'))
  const files = readdirSync(own).map((name) => ({ name, bytes: readFileSync(join(own, name)) }))
  const damage = fc.record({
    file: fc.nat(files.length - 1),
    kind: fc.constantFrom('torn' as const, 'flipped' as const, 'gone' as const),
    at: fc.nat(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 6 }), async (damages) => {
      rmSync(own, { recursive: true, force: true })
      mkdirSync(own)
      for (const { name, bytes } of files) writeFileSync(join(own, name), bytes)
      for (const { file, kind, at } of damages) {
        const path = join(own, files[file]?.name ?? '')
        if (kind === 'gone') rmSync(path, { force: true })
        if (!existsSync(path)) continue
        const bytes = readFileSync(path)
        const place = at % Math.max(1, bytes.length)
        if (kind === 'torn') writeFileSync(path, bytes.subarray(0, place))
        else if (bytes.length > 0) {
          bytes[place] = (bytes[place] ?? 0) ^ (1 << (at % 8))
          writeFileSync(path, bytes)
        }
      }
      const again = await openStore({ folder, clock })
      for (const millis of [10 * MINUTE, HOUR]) {
        const { cpu } = await last(again, clock, { millis })
        for (const average of cpu?.average ?? []) expect([25, null]).toContain(average)
      }
      const recorder = again.recorder(identityOf('a'))
      recorder.push(clock.wallMillis() + SECOND, new Float64Array(metrics.length).fill(50))
      await again.close()
      const to = clock.wallMillis() + SECOND
      const { metrics: known } = await (
        await test.reopen()
      ).read({ id: idOf('a'), from: to - MINUTE, to, points: 900 })
      expect(known.cpuPercent?.average.at(-1)).toBe(50)
    }),
    { numRuns: 60 },
  )
}, 60_000)

test('memory and disk of a container have one size, however long it is sampled', async () => {
  const test = await createStore()
  const recorder = test.store.recorder(identityOf('a'))
  await run(test, recorder, { millis: 31 * DAY, stepMillis: 2.5 * MINUTE, cpu: 30 })
  await run(test, recorder, { millis: 25 * HOUR, stepMillis: 10 * SECOND, cpu: 20 })
  await test.store.flush()
  const ringBytes = () =>
    readdirSync(join(test.folder, idOf('a')))
      .filter((name) => name.endsWith('.ring'))
      .map((name) => statSync(join(test.folder, idOf('a'), name)).size)
  const full = ringBytes()
  expect(full.reduce((sum, bytes) => sum + bytes)).toBe(2_436_576)
  await run(test, recorder, { millis: 2 * HOUR, stepMillis: 10 * SECOND, cpu: 10 })
  await test.store.flush()
  expect(ringBytes()).toEqual(full)
}, 60_000)

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
