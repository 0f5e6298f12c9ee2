import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { metrics } from '../../../../preload/contract/stats'
import { HistoryStore } from '../../../../main/stats/history/historyStore'
import { ManualClock } from '../manualClock'
import {
  createStore,
  DAY,
  HOUR,
  identityOf,
  idOf,
  last,
  marksOf,
  MINUTE,
  run,
  SECOND,
  temporaryFolder,
} from './stores'

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

test('what was sampled is on the disk a minute later, each minute until the end', async () => {
  const { store, clock, folder } = await createStore({ flushMillis: MINUTE })
  for (const digit of ['a', 'b']) {
    store.recorder(identityOf(digit)).push(clock.wallMillis(), new Float64Array(metrics.length))
    expect(existsSync(join(folder, idOf(digit)))).toBe(false)
    clock.advance(MINUTE)
    await expect.poll(() => existsSync(join(folder, idOf(digit), 'about.json'))).toBe(true)
    await expect.poll(() => clock.scheduled).toBe(1)
  }
  await store.close()
  expect(clock.scheduled).toBe(0)
})

test('one that is closed while it finds out what is kept schedules nothing', async () => {
  const clock = new ManualClock()
  const store = new HistoryStore({ folder: temporaryFolder(), clock })
  const loading = store.load()
  await store.close()
  await loading
  expect(clock.scheduled).toBe(0)
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

test('a clock that is set back after a container was recreated does not give its time to the one before', async () => {
  const test = await createStore()
  const { store, clock } = test
  await run(test, store.recorder(identityOf('a', { name: 'web' })), {
    millis: 20 * MINUTE,
    cpu: 25,
  })
  const recorder = store.recorder(identityOf('b', { name: 'web' }))
  await run(test, recorder, { millis: 5 * SECOND, cpu: 50 })
  clock.jump(-10 * MINUTE)
  await run(test, recorder, { millis: 30 * SECOND, cpu: 50 })
  const { at, cpu } = await last(store, clock, { digit: 'b', millis: MINUTE - SECOND })
  expect(at).toHaveLength(60)
  expect(cpu?.average.slice(28, 32)).toEqual([25, 25, 50, 50])
  expect(await marksOf(store, 'b')).toEqual([
    { kind: 'replaced', at: at[30], previousId: idOf('a') },
  ])
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
