import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { LogStore, type StoreOptions } from '../../../main/logs/store'
import { rawLine, textOf } from './rawLines'
import { newRawLine } from '../../../main/logs/rawLine'

async function openStore(options?: StoreOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'longshore-spool-'))
  const store = new LogStore(folder, options)
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  return { store, folder }
}

async function fill(store: LogStore, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at++) {
    store.add(rawLine({ text: `line ${at}`, seconds: at, stderr: at % 2 === 1, source: at % 3 }))
    await store.room()
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)

it('any line can be read again, from memory or from the disk', async () => {
  const { store } = await openStore()
  await fill(store, 0, 50_000)
  for (const from of [0, 4_090, 20_000, 49_990]) {
    const numbers = range(from, from + 10)
    expect(await store.lines(numbers, Infinity)).toMatchObject(
      numbers.map((number) => ({
        number,
        text: `line ${number}`,
        stream: number % 2 === 1 ? 'stderr' : 'stdout',
        source: number % 3,
        at: new Date(number * 1_000).toISOString().replace('.000Z', 'Z'),
      })),
    )
  }
  const sparse = [3, 4_096, 4_097, 12_345, 40_000, 49_999, 50_000, 60_000]
  const lines = await store.lines(sparse, Infinity)
  expect(lines.map(({ number }) => number)).toEqual(sparse.slice(0, -2))
})

it('no more text is given at once than what was asked for, but always one line', async () => {
  const { store } = await openStore()
  for (let at = 0; at < 10; at++) store.add(rawLine({ text: 'x'.repeat(1_000) }))
  expect(await store.lines(range(0, 10), 3_500)).toHaveLength(3)
  expect(await store.lines(range(0, 10), 10)).toHaveLength(1)
})

it('the earlier part comes under numbers below zero, once it is whole', async () => {
  const { store } = await openStore()
  await fill(store, 10_000, 10_010)
  const earlier = store.beginEarlier()
  for (let at = 0; at < 10_000; at++) earlier.add(rawLine({ text: `line ${at}`, seconds: at }))
  expect(store.first).toBe(0)
  store.keepEarlier()
  expect([store.first, store.end]).toEqual([-10_000, 10])
  const lines = await store.lines([-10_000, -1, 0, 9], Infinity)
  expect(lines.map(({ text }) => text)).toEqual(['line 0', 'line 9999', 'line 10000', 'line 10009'])
  const at = (seconds: number) => store.firstAt({ seconds, nanos: 0 })
  expect([await at(0), await at(4_321), await at(10_009), await at(10_010)]).toEqual([
    -10_000,
    -5_679,
    9,
    null,
  ])
})

it('the oldest lines give way where there would be too many, the earlier part first', async () => {
  const options = { segmentBytes: 1_000_000, mostBytes: 3_000_000 }
  const { store, folder } = await openStore(options)
  await fill(store, 0, 20_000)
  const earlier = store.beginEarlier()
  for (let at = 0; at < 200_000; at++) {
    earlier.add(rawLine({ text: `line ${at - 200_000}` }))
    await earlier.room()
  }
  store.keepEarlier()
  const { first, forgotten } = store
  expect(first).toBe(forgotten - 200_000)
  expect(first).toBeGreaterThan(-120_000)
  expect(first).toBeLessThan(0)
  expect((await store.lines([first - 1, first], Infinity)).map(({ text }) => text)).toEqual([
    `line ${first}`,
  ])
  await fill(store, 20_000, 220_000)
  expect(store.first).toBeGreaterThan(0)
  expect(store.forgotten).toBe(200_000 + store.first)
  const [line] = await store.lines([store.first], Infinity)
  expect(line?.text).toBe(`line ${store.first}`)
  // Four files of a megabyte each at most, and of the earlier part the last.
  expect((await readdir(folder)).length).toBeLessThan(6)
})

it('what is written is the bytes that came', async () => {
  const { store } = await openStore()
  const bytes = Buffer.from([0x61, 0xff, 0x00, 0xc3, 0x28])
  for (let at = 0; at < 5_000; at++) {
    store.add({ ...rawLine({}), bytes, start: 0, end: bytes.length })
  }
  const line = newRawLine(0)
  for await (const { block } of store.pieces(0, 1)) block.read(0, line)
  expect(textOf(line)).toBe(bytes.toString())
  expect(Buffer.compare(line.bytes.subarray(line.start, line.end), bytes)).toBe(0)
})

it('a disk that takes nothing is told to whoever adds lines', async () => {
  const { store, folder } = await openStore()
  await rm(folder, { recursive: true })
  await expect(fill(store, 0, 200_000)).rejects.toThrow(/cannot be kept/)
  expect((await store.lines([0], Infinity)).map(({ text }) => text)).toEqual(['line 0'])
})
