import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { JobsFile } from '../../../main/jobs/jobsFile'
import { log } from '../../../main/log'
import { done, endedJob, failing, keptJobs, temporaryFile, untilCancelled } from './kept'

log.level = 'silent'

test('jobs are there again after a restart, in their order, and can be done again', async () => {
  const file = temporaryFile()
  const first = await keptJobs(file, { bad: failing })
  await first.jobs.ended(first.start('good'))
  const failed = first.start('bad')
  await first.jobs.ended(failed)
  await first.jobs.close()

  const asked: string[] = []
  const second = await keptJobs(file, {
    bad: () => {
      asked.push('bad')
      return Promise.resolve()
    },
  })
  expect(second.list()).toEqual(first.list())
  expect(second.list().map(({ state }) => state)).toEqual(['succeeded', 'failed'])
  const again = await second.jobs.ended(second.jobs.retry(failed))
  expect(again).toMatchObject({
    state: 'succeeded',
    request: { kind: 'pull', engineId: 'e', reference: 'bad' },
  })
  expect(asked).toEqual(['bad'])
  await second.jobs.close()
})

test('what was dismissed does not come back, and a failure that was seen stays seen', async () => {
  const file = temporaryFile()
  const first = await keptJobs(file, { bad: failing })
  const gone = first.start('good')
  const seen = first.start('bad')
  const unseen = first.start('bad')
  await Promise.all([gone, seen, unseen].map((id) => first.jobs.ended(id)))
  first.jobs.dismiss(gone)
  first.jobs.see([seen, 'not-there'])
  await first.jobs.close()
  const second = await keptJobs(file)
  expect(second.list().map(({ id, unseen: mark }) => [id, mark])).toEqual([
    [seen, undefined],
    [unseen, true],
  ])
  await second.jobs.close()
})

test('a job that runs when the app is closed has failed, and says why', async () => {
  const file = temporaryFile()
  const first = await keptJobs(file, { slow: untilCancelled })
  const id = first.start('slow')
  await first.jobs.close()
  const second = await keptJobs(file)
  expect(second.list()).toMatchObject([
    {
      id,
      state: 'failed',
      unseen: true,
      problem: { message: 'Longshore ended while this ran.' },
    },
  ])
  expect((await second.jobs.ended(second.jobs.retry(id))).state).toBe('succeeded')
  await second.jobs.close()
})

test('the last two hundred ended jobs are kept, over restarts together', async () => {
  const file = temporaryFile()
  await new JobsFile(file).write(Array.from({ length: 250 }, () => endedJob()))
  const first = await keptJobs(file)
  expect(first.list()).toHaveLength(200)
  for (let count = 0; count < 50; count += 1) await first.jobs.ended(first.start(`new-${count}`))
  await first.jobs.close()
  const second = await keptJobs(file)
  expect(second.list()).toHaveLength(200)
  expect(
    second
      .list()
      .slice(-50)
      .map(({ subject }) => subject),
  ).toEqual(Array.from({ length: 50 }, (_, count) => `new-${count}`))
  await second.jobs.close()
})

test('of a long log the end is kept, and of many steps the last', async () => {
  const { jobs, start } = await keptJobs(temporaryFile(), {
    many: ({ report }) => {
      report({
        log: Array.from({ length: 5_000 }, (_, line) => `line ${line}`),
        steps: Array.from({ length: 1_000 }, (_, step) => ({
          id: String(step),
          phase: 'done',
          status: 'x'.repeat(10_000),
          currentBytes: 0,
          totalBytes: null,
        })),
      })
      return Promise.resolve()
    },
    wide: ({ report }) => {
      report({ log: ['first', 'x'.repeat(100_000), 'last'] })
      return Promise.resolve()
    },
  })
  const many = await jobs.ended(start('many'))
  expect([many.log.length, many.log.at(-1)]).toEqual([200, 'line 4999'])
  expect([many.steps.length, many.steps.at(-1)?.id]).toEqual([200, '999'])
  expect(many.steps[0]?.status).toHaveLength(500)
  const wide = await jobs.ended(start('wide'))
  expect(wide.log.map((line) => line.length)).toEqual([32 * 1024 - 5, 4])
  await jobs.close()
})

test('while the disk refuses, jobs go on; they are kept once it takes them', async () => {
  const file = temporaryFile()
  const folder = dirname(file)
  const { jobs, start } = await keptJobs(file)
  rmSync(folder, { recursive: true })
  writeFileSync(folder, 'a file where the folder should be')
  expect((await jobs.ended(start('one'))).state).toBe('succeeded')
  rmSync(folder)
  mkdirSync(folder)
  await jobs.close()
  const second = await keptJobs(file)
  expect(second.list().map(({ subject }) => subject)).toEqual(['one'])
  await second.jobs.close()
})

test('what starts before the former jobs were read costs none of them', async () => {
  const file = temporaryFile()
  await new JobsFile(file).write([endedJob({ subject: 'former' })])
  const reading = keptJobs(file, { done })
  const { jobs, start, list } = await reading
  await jobs.ended(start('new'))
  await jobs.close()
  expect(list().map(({ subject }) => subject)).toEqual(['former', 'new'])
  expect(readFileSync(file, 'utf8')).toMatch(/former[^]*new/)
})
