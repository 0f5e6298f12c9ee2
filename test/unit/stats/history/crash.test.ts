import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPrograms } from '../../../build'
import { openStore, temporaryFolder } from './stores'

const PROGRAMS = resolve('test-results/history-writer')
const ID = 'a'.repeat(64)
const MINUTE = 60_000

beforeAll(async () => {
  await buildPrograms(PROGRAMS, {
    writer: resolve(import.meta.dirname, 'historyWriter.fixture.ts'),
  })
})
afterAll(() => rmSync(PROGRAMS, { recursive: true, force: true }))

test.each([3, 7, 15, 40])(
  'an app that is killed after %i minutes has lost the last one at most, and nothing else',
  async (minutes) => {
    const folder = temporaryFolder()
    const begin = Math.floor(Date.now() / 1_000) * 1_000 - 60 * MINUTE
    const told = await writeUntilKilled(folder, begin, minutes)

    const history = await reopen(folder, { from: told - 14 * MINUTE, to: told })
    const cpu = history.metrics.cpuPercent?.average ?? []
    expect(history.at.at(-1)).toBe(told)
    expect(cpu).toEqual(history.at.map((at) => ((at - begin) / 1_000) % 100))
    const expected = Math.min(14 * 60 + 1, (told - begin) / 1_000 + 1)
    expect(history.at).toHaveLength(expected)
  },
)

test('the buckets of an app that is killed are whole, those that were open too', async () => {
  const folder = temporaryFolder()
  const begin = Math.floor(Date.now() / 10_000) * 10_000 - 60 * MINUTE
  const told = await writeUntilKilled(folder, begin, 40)
  const { bucketMillis, at, metrics } = await reopen(folder, { from: begin, to: told })
  expect(bucketMillis).toBe(10_000)
  expect(at).toEqual(Array.from({ length: at.length }, (_, index) => begin + index * 10_000))
  expect(at.at(-1)).toBe(Math.floor(told / 10_000) * 10_000)
  const firsts = at.map((one) => ((one - begin) / 1_000) % 100)
  expect(metrics.cpuPercent?.minimum).toEqual(firsts)
  expect(metrics.cpuPercent?.maximum).toEqual(firsts.map((first) => first + 9))
})

async function reopen(folder: string, span: { from: number; to: number }) {
  const store = await openStore({ folder })
  return store.read({ id: ID, ...span, points: 5_000 })
}

/** Lets the writer write for so many minutes of its clock, kills it, and gives the last moment it told. */
async function writeUntilKilled(folder: string, begin: number, minutes: number): Promise<number> {
  const args = [join(PROGRAMS, 'writer.mjs'), folder, ID, String(begin)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  let told = 0
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    told = Number(line)
    // Wherever it is now: the pipe holds what it has told meanwhile.
    if (++lines === minutes) child.kill('SIGKILL')
  }
  await exit
  return told
}
