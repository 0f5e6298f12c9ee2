import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { RingFile } from '../../../../main/stats/history/ringFile'
import type { Row } from '../../../../main/stats/history/rowRing'
import { buckets, samples, type Tier } from '../../../../main/stats/history/tiers'

/** As the coarse rings, but small enough to be filled often. */
const small: Tier = { name: 'small', bucketMillis: 10_000, capacity: 12, columns: 3 }
const HEADER_BYTES = 32

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-ring-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const rowAt = (atMillis: number, tier = small): Row => ({
  atMillis,
  values: Float32Array.from({ length: tier.columns }, (_, column) => (atMillis + column) % 1_000),
})
const timesOf = async (path: string, from = 0) =>
  (await new RingFile(path, small).read(from)).rows.map(({ atMillis }) => atMillis)

test('rows come back as they were written, the newest that fit, by this object or the next', async () => {
  const folder = temporaryFolder()
  let files = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ rows: fc.nat(20), again: fc.boolean() }), { maxLength: 8 }),
      async (batches) => {
        const path = join(folder, String(++files))
        let file = new RingFile(path, small)
        const written: Row[] = []
        for (const { rows, again } of batches) {
          if (again) file = new RingFile(path, small)
          const batch = Array.from({ length: rows }, (_, index) =>
            rowAt(written.length + index + 1),
          )
          await file.append(batch.slice(-small.capacity))
          written.push(...batch)
        }
        const kept = await file.read(0)
        expect(kept.rows).toEqual(written.slice(-small.capacity))
        expect(await new RingFile(path, small).read(0)).toEqual(kept)
      },
    ),
    { numRuns: 60 },
  )
})

test('single samples keep single precision, buckets 16 bits of it', async () => {
  const folder = temporaryFolder()
  for (const tier of [samples, ...buckets]) {
    const row = { atMillis: 1e12, values: new Float32Array(tier.columns).fill(1_234_567.9) }
    row.values[0] = Number.NaN
    const file = new RingFile(join(folder, tier.name), tier)
    await file.append([row])
    const [kept] = (await file.read(0)).rows
    expect(kept?.values[0]).toBeNaN()
    const off = Math.abs((kept?.values[1] ?? 0) / Math.fround(1_234_567.9) - 1)
    expect(off).toBeLessThanOrEqual(tier === samples ? 0 : 2 ** -11)
  }
})

test('only the rows at or after a moment are read, and it is told whether they reach back to it', async () => {
  const path = join(temporaryFolder(), 'ring')
  const file = new RingFile(path, small)
  await file.append(Array.from({ length: 10 }, (_, index) => rowAt(index + 1)))
  expect(await timesOf(path, 8)).toEqual([8, 9, 10])
  expect((await file.read(1)).reachesBack).toBe(true)
  expect((await file.read(0)).reachesBack).toBe(false)
  await file.append(Array.from({ length: 10 }, (_, index) => rowAt(index + 11)))
  expect((await file.read(8)).reachesBack).toBe(false)
  expect((await file.read(9)).reachesBack).toBe(true)
})

test('a file has its greatest size once, and never more', async () => {
  const path = join(temporaryFolder(), 'ring')
  const file = new RingFile(path, small)
  await file.append(Array.from({ length: 12 }, (_, index) => rowAt(index + 1)))
  const full = statSync(path).size
  for (let turn = 1; turn < 5; turn++) {
    await file.append(Array.from({ length: 7 }, (_, index) => rowAt(turn * 100 + index)))
  }
  expect(statSync(path).size).toBe(full)
})

test('after the clock was set back the rows written since are the ones that count', async () => {
  const path = join(temporaryFolder(), 'ring')
  const file = new RingFile(path, small)
  await file.append([rowAt(1_000), rowAt(1_100), rowAt(1_200)])
  await file.append([rowAt(1_050), rowAt(1_060)])
  expect(await timesOf(path)).toEqual([1_000, 1_050, 1_060])
  await new RingFile(path, small).append([rowAt(1_070)])
  expect(await timesOf(path)).toEqual([1_000, 1_050, 1_060, 1_070])
})

type Damage =
  | { kind: 'torn'; at: number }
  | { kind: 'flipped'; at: number; bit: number }
  | { kind: 'zeroed'; at: number; length: number }

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant('torn' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('flipped' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({
    kind: fc.constant('zeroed' as const),
    at: fc.nat(),
    length: fc.integer({ min: 1, max: 200 }),
  }),
)

test('a file that was torn or changed anywhere costs only the rows that were hit, and goes on', async () => {
  const folder = temporaryFolder()
  let files = 0
  await fc.assert(
    fc.asyncProperty(
      fc.nat(30),
      fc.array(damage, { minLength: 1, maxLength: 4 }),
      async (count, damages) => {
        const path = join(folder, String(++files))
        const written = Array.from({ length: count + 1 }, (_, index) => rowAt(index + 1))
        const file = new RingFile(path, small)
        for (const row of written) await file.append([row])
        const whole = readFileSync(path)
        const bytes = damages.reduce(damaged, whole)
        writeFileSync(path, bytes)

        const hit = slotsHit(whole, bytes)
        const survivors = written
          .slice(-small.capacity)
          .filter(({ atMillis }) => !hit.has((atMillis - 1) % small.capacity))
        expect((await new RingFile(path, small).read(0)).rows).toEqual(survivors)

        await new RingFile(path, small).append([rowAt(5_000)])
        const after = await timesOf(path)
        expect(after.at(-1)).toBe(5_000)
        expect(survivors.length - after.length).toBeLessThanOrEqual(0)
      },
    ),
    { numRuns: 300 },
  )
})

test('arbitrary bytes are no rows, and never an error', async () => {
  const path = join(temporaryFolder(), 'ring')
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
      writeFileSync(path, bytes)
      expect(await new RingFile(path, small).read(0)).toEqual({ rows: [], reachesBack: false })
    }),
  )
})

test('the file of another version is set aside whole, and not read', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'ring')
  const other: Tier = { ...small, columns: 4 }
  await new RingFile(path, other).append([rowAt(1, other)])
  const before = readFileSync(path)
  const file = new RingFile(path, small)
  expect((await file.read(0)).rows).toEqual([])
  await file.append([rowAt(2)])
  expect(await timesOf(path)).toEqual([2])
  expect(readdirSync(folder).sort()).toEqual(['ring', 'ring.other'])
  expect(readFileSync(join(folder, 'ring.other'))).toEqual(before)
})

function damaged(bytes: Buffer, one: Damage): Buffer {
  if (bytes.length === 0) return bytes
  const at = one.at % bytes.length
  if (one.kind === 'torn') return bytes.subarray(0, at)
  const changed = Buffer.from(bytes)
  if (one.kind === 'zeroed') changed.fill(0, at, Math.min(changed.length, at + one.length))
  else changed[at] = (changed[at] ?? 0) ^ (1 << one.bit)
  return changed
}

/** The slots of rows that differ between two contents of a file. */
function slotsHit(before: Buffer, after: Buffer): Set<number> {
  const rowBytes = 8 + 4 + small.columns * 2 + 4
  const hit = new Set<number>()
  for (let at = HEADER_BYTES; at < before.length; at++) {
    if (before[at] !== after[at]) hit.add(Math.floor((at - HEADER_BYTES) / rowBytes))
  }
  return hit
}
