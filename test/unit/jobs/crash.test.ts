import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPrograms } from '../../build'
import { keptJobs, temporaryFile } from './kept'

const PROGRAMS = resolve('test-results/jobs-writer')

beforeAll(() =>
  buildPrograms(PROGRAMS, { writer: resolve(import.meta.dirname, 'jobs.fixture.ts') }),
)
afterAll(() => rmSync(PROGRAMS, { recursive: true, force: true }))

test.each([1, 12, 35])(
  'an app that is killed in its %ith job has lost none; those that ran have failed, and can be done again',
  async (count) => {
    const file = temporaryFile()
    const told = await writeUntilKilled(file, count)
    const { jobs, list } = await keptJobs(file)

    const kept = list()
    const numbers = kept.map(({ subject }) => Number(subject.split(':')[1]))
    expect(numbers).toEqual(Array.from(numbers, (_, index) => index))
    expect(numbers.length).toBeGreaterThanOrEqual(told + 1)
    for (const job of kept.slice(0, told + 1)) {
      const ran = job.subject.endsWith('0')
      expect(job.state).toBe(ran ? 'failed' : 'succeeded')
      if (ran) expect(job.problem?.message).toBe('Longshore ended while this ran.')
      expect(job.endedAt).toBeGreaterThanOrEqual(job.startedAt)
    }
    const again = await jobs.ended(jobs.retry(kept[0]?.id ?? ''))
    expect(again).toMatchObject({ state: 'succeeded', subject: 'image:0' })
    await jobs.close()
    expect(readdirSync(dirname(file))).toContain('jobs.json')
  },
)

/** Lets the writer start so many jobs, kills it, and gives the number of the last that it told of. */
async function writeUntilKilled(file: string, count: number): Promise<number> {
  const child = spawn(process.execPath, [join(PROGRAMS, 'writer.mjs'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  let told = 0
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    told = Number(line)
    if (++lines === count) child.kill('SIGKILL')
  }
  await exit
  return told
}
