import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { Jobs, type JobContext } from '../../../main/jobs/jobs'
import { JobsFile } from '../../../main/jobs/jobsFile'
import type { Job } from '../../../preload/contract/jobs'
import { job } from '../renderer/fixtures'

export type Run = (context: JobContext) => Promise<void>

export const done: Run = () => Promise.resolve()
export const failing: Run = () => Promise.reject(new Error('It broke.'))
export const untilCancelled: Run = ({ signal }) =>
  new Promise<void>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })

export function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-jobs-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'jobs.json')
}

/** The app's jobs, kept in this file; each pull does what its reference stands for. */
export async function keptJobs(file: string, runs: Record<string, Run> = {}) {
  const jobs = new Jobs(
    (request) => {
      const reference = request.kind === 'pull' ? request.reference : ''
      return { subject: reference, run: runs[reference] ?? done }
    },
    { file: new JobsFile(file) },
  )
  await jobs.loaded
  const start = (reference: string) => jobs.start({ kind: 'pull', engineId: 'e', reference })
  return { jobs, start, list: () => jobs.collection.values() }
}

let lastId = 0

export function endedJob(changes: Partial<Job> = {}): Job {
  lastId += 1
  const id = `job-${lastId}`
  return job({ id, state: 'succeeded', startedAt: lastId, endedAt: lastId + 1, ...changes })
}
