import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  createStore,
  DAY,
  HOUR,
  identityOf,
  idOf,
  last,
  MINUTE,
  openStore,
  run,
  SECOND,
} from './stores'

/** What all files of a folder have, together. */
export const bytesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)

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
  clock.advance(29 * DAY)
  await store.flush()
  expect(readdirSync(folder)).toEqual([idOf('a')])
  clock.advance(2 * DAY)
  await store.flush()
  expect(readdirSync(folder)).toEqual([])
})

test('a clock that is wrong for a moment costs nothing; after an hour it is believed', async () => {
  const test = await createStore()
  const { store, clock } = test
  await run(test, store.recorder(identityOf('a')), { millis: MINUTE, cpu: 1 })
  clock.advance(2 * HOUR)
  for (const jump of [31 * DAY, -31 * DAY, 31 * DAY]) {
    await store.flush()
    clock.jump(jump)
  }
  await store.flush()
  expect(store.knows(idOf('a'))).toBe(true)
  clock.advance(HOUR)
  await store.flush()
  expect(store.knows(idOf('a'))).toBe(false)
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

test('a container takes one size on the disk, however long it is sampled', async () => {
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
