import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { HistoryStore } from '../../../../main/stats/history/historyStore'
import { buildPrograms } from '../../../build'

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
    const folder = mkdtempSync(join(tmpdir(), 'longshore-history-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const begin = Math.floor(Date.now() / 1_000) * 1_000 - 60 * MINUTE
    const told = await writeUntilKilled(folder, begin, minutes)

    const store = new HistoryStore({ folder })
    await store.load()
    onTestFinished(() => store.close())
    const history = await store.read({ id: ID, from: told - 14 * MINUTE, to: told, points: 5_000 })
    const cpu = history.metrics.cpuPercent?.average ?? []
    expect(history.at.at(-1)).toBe(told)
    expect(cpu).toEqual(history.at.map((at) => ((at - begin) / 1_000) % 100))
    const expected = Math.min(14 * 60 + 1, (told - begin) / 1_000 + 1)
    expect(history.at).toHaveLength(expected)
  },
)

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
