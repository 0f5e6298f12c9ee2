import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { JobsFile } from '../../../main/jobs/jobsFile'
import { log } from '../../../main/log'
import { endedJob, temporaryFile } from './kept'

// What it warns of is what these tests do to it.
log.level = 'silent'

let path: string
beforeEach(() => {
  path = temporaryFile()
})
const jobsOf = async () => (await new JobsFile(path).read()).jobs
const asideOf = () => readFileSync(`${path}.unreadable`, 'utf8')

test('what is written is read again, by this user only', async () => {
  const jobs = [endedJob({ log: ['a', 'b'], digest: 'sha256:1' }), endedJob({ unseen: true })]
  await new JobsFile(path).write(jobs)
  expect(await jobsOf()).toEqual(jobs)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(dirname(path))).toEqual(['jobs.json'])
})

test('no file means no jobs', async () => {
  expect(await jobsOf()).toEqual([])
  expect(readdirSync(dirname(path))).toEqual([])
})

describe('what cannot be read', () => {
  const file = (jobs: unknown[], version = 1) => JSON.stringify({ version, jobs })

  test('costs none of the others, and is kept beside before anything is written', async () => {
    const [good, other] = [endedJob(), endedJob()]
    const strange = { ...endedJob(), request: { kind: 'teleport', to: 'the moon' } }
    const text = file([good, strange, null, { ...other, state: 'happy' }, other, good])
    writeFileSync(path, text)
    const kept = new JobsFile(path)
    expect((await kept.read()).jobs).toEqual([good, other])
    await kept.write([good])
    expect(asideOf()).toBe(text)
    expect(await jobsOf()).toEqual([good])
  })

  test.each(['{', '[]', 'null', '\0\0\0', file([], 2), '{"version":1}'])(
    'is a file that holds %j: there are no jobs, and it is kept beside',
    async (text) => {
      writeFileSync(path, text)
      const kept = new JobsFile(path)
      expect((await kept.read()).jobs).toEqual([])
      await kept.write([])
      expect(asideOf()).toBe(text)
    },
  )

  test('is never written over while it cannot be kept beside', async () => {
    const newer = file([endedJob()], 2)
    writeFileSync(path, newer)
    mkdirSync(`${path}.unreadable/full`, { recursive: true })
    const kept = new JobsFile(path)
    await kept.read()
    await expect(kept.write([endedJob()])).rejects.toThrow()
    await expect(kept.write([endedJob()])).rejects.toThrow()
    expect(readFileSync(path, 'utf8')).toBe(newer)
  })

  test('is a folder in the place of the file: it is put aside whole', async () => {
    mkdirSync(path)
    writeFileSync(`${path}/mine`, 'x')
    const kept = new JobsFile(path)
    expect((await kept.read()).jobs).toEqual([])
    const job = endedJob()
    await kept.write([job])
    expect(await jobsOf()).toEqual([job])
    expect(readFileSync(`${path}.unreadable/mine`, 'utf8')).toBe('x')
  })

  test('is never an error, whatever byte of the file is flipped or where it is torn', async () => {
    await new JobsFile(path).write([endedJob(), endedJob({ log: ['x'] })])
    const whole = readFileSync(path)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.nat(255),
        fc.boolean(),
        async (at, byte, torn) => {
          const damaged = Buffer.from(whole)
          damaged[at] = byte
          writeFileSync(path, torn ? damaged.subarray(0, at) : damaged)
          expect((await jobsOf()).length).toBeLessThanOrEqual(2)
        },
      ),
      { numRuns: 60 },
    )
  })
})

test('the file is bounded: the oldest jobs are left out where all are too much', async () => {
  const jobs = Array.from({ length: 30 }, () => endedJob({ log: ['x'.repeat(512 * 1024)] }))
  await new JobsFile(path).write(jobs)
  expect(statSync(path).size).toBeLessThan(8.1 * 1024 * 1024)
  const ids = (await jobsOf()).map(({ id }) => id)
  expect(ids).toEqual(jobs.slice(-15).map(({ id }) => id))
})
