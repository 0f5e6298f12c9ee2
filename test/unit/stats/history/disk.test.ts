import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { metrics } from '../../../../preload/contract/stats'
import { log } from '../../../../main/log'
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
  openStore,
  run,
  SECOND,
  temporaryFolder,
} from './stores'

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
