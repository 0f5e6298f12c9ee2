import { randomUUID } from 'node:crypto'
import type { Problem } from '../../preload/contract/errors'
import type { JobRequest } from '../../preload/contract/jobRequest'
import type { Job } from '../../preload/contract/jobs'
import { say } from '../../preload/contract/say'
import { Failure, toProblem } from '../errors'
import { LiveCollection } from '../live/collection'
import { bounded } from './bounds'
import { nothingKept, type JobsFile } from './jobsFile'
import { JobsKeeper } from './jobsKeeper'

/** How many ended jobs are kept. */
const endedLimit = 200
/** Updates of a running job reach watchers at most this often, milliseconds. */
const coalesceMillis = 100

/** What a job can say while it runs. */
export type JobProgress = Partial<
  Pick<
    Job,
    | 'steps'
    | 'currentBytes'
    | 'totalBytes'
    | 'bytesPerSecond'
    | 'etaSeconds'
    | 'log'
    | 'digest'
    | 'result'
  >
>

export interface JobContext {
  /** Aborts when the job is cancelled. */
  signal: AbortSignal
  report: (progress: JobProgress) => void
}

/** What a request comes to. */
export interface Work {
  /** What it works on, in short. */
  subject: string
  /** Does it; rejecting fails the job. */
  run(context: JobContext): Promise<void>
}

/**
 * What a request comes to, by its kind. What cannot even begin throws a Failure (`invalid-input`) here,
 * and there is no job.
 */
export type Prepare = (request: JobRequest) => Work

export interface JobsOptions {
  /** Keeps them over restarts; without it they last as long as the app runs. */
  file?: JobsFile
  /** Called when a job has ended, however it ended. */
  onEnded?: (job: Job) => void
}

/** Long work: begun by a page, owned by main, watched by every page, kept when the app ends. */
export class Jobs {
  readonly collection = new LiveCollection<Job>({ coalesceMillis })
  readonly #prepare: Prepare
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>()
  readonly #kept: JobsKeeper | null
  readonly #onEnded: (job: Job) => void
  #closing = false
  /** Resolves once the jobs of former runs are on the list. */
  readonly loaded: Promise<void>

  constructor(prepare: Prepare, { file, onEnded }: JobsOptions = {}) {
    this.#prepare = prepare
    this.#onEnded = onEnded ?? (() => undefined)
    this.#kept = file ? new JobsKeeper(file, () => this.collection.values()) : null
    this.loaded = this.#load()
  }

  /** Starts at once; returns the job's id. */
  start(request: JobRequest): string {
    const work = this.#prepare(request)
    const id = randomUUID()
    const abort = new AbortController()
    this.collection.upsert({
      id,
      request,
      subject: work.subject,
      state: 'running',
      startedAt: Date.now(),
      endedAt: null,
      steps: [],
      currentBytes: 0,
      totalBytes: null,
      bytesPerSecond: null,
      etaSeconds: null,
      log: [],
      digest: null,
      result: null,
      problem: null,
    })
    this.#running.set(id, { abort, done: this.#run(id, work, abort.signal) })
    this.#kept?.keep()
    return id
  }

  /** Asks a running job to end; what has ended stays as it is. */
  cancel(id: string): void {
    this.#job(id)
    this.#running.get(id)?.abort.abort()
  }

  /** Does the same again, as a new job. */
  retry(id: string): string {
    const { state, request } = this.#job(id)
    if (state === 'running') throw new Failure('conflict', say`The job still runs.`)
    return this.start(request)
  }

  /** Takes an ended job off the list. */
  dismiss(id: string): void {
    if (this.#job(id).state === 'running') {
      throw new Failure('conflict', say`The job still runs.`, { hint: say`Cancel it first.` })
    }
    this.collection.remove(id)
    this.#kept?.keep()
  }

  /** Someone has seen how these ended; what is not on the list any more is passed over. */
  see(ids: readonly string[]): void {
    for (const id of ids) {
      const job = this.collection.get(id)
      if (job?.unseen) this.collection.upsert(withoutMark(job))
    }
    this.#kept?.keep()
  }

  /** Resolves when the job has ended, however it ended. */
  async ended(id: string): Promise<Job> {
    await this.#running.get(id)?.done
    return this.#job(id)
  }

  /** Resolves once all that is known now is kept, or the disk has refused it. */
  async kept(): Promise<void> {
    await this.#kept?.settled()
  }

  /** Ends what runs; it is kept as failed, for nobody cancelled it. */
  async close(): Promise<void> {
    this.#closing = true
    const running = [...this.#running.values()]
    for (const { abort } of running) abort.abort()
    await Promise.all(running.map(({ done }) => done))
    this.#kept?.keep()
    await this.kept()
  }

  async #load(): Promise<void> {
    const { jobs, writtenAt } = (await this.#kept?.read()) ?? nothingKept
    const ended = jobs.map((job) => (job.state === 'running' ? interrupted(job, writtenAt) : job))
    // What was started meanwhile comes after them.
    this.collection.replace([...ended, ...this.collection.values()])
    this.#forgetOld()
    if (jobs.some(({ state }) => state === 'running')) this.#kept?.keep()
  }

  async #run(id: string, work: Work, signal: AbortSignal): Promise<void> {
    const report = (progress: JobProgress) => this.#change(id, progress)
    const ended = { bytesPerSecond: null, etaSeconds: null }
    let end: Partial<Job>
    try {
      await work.run({ signal, report })
      end = { state: 'succeeded' }
    } catch (error) {
      end = this.#endOf(error, signal)
    }
    const job = this.collection.get(id)
    if (job) this.collection.upsert(bounded({ ...job, ...ended, ...end, endedAt: Date.now() }))
    this.#running.delete(id)
    this.#forgetOld()
    this.#kept?.keep()
    const whole = this.collection.get(id)
    if (whole) this.#onEnded(whole)
  }

  #endOf(error: unknown, signal: AbortSignal): Partial<Job> {
    if (!signal.aborted) return { state: 'failed', problem: problemOf(error), unseen: true }
    return this.#closing ? endedWithApp() : { state: 'cancelled' }
  }

  #change(id: string, changes: Partial<Job>): void {
    const job = this.collection.get(id)
    if (job) this.collection.upsert({ ...job, ...changes })
  }

  #job(id: string): Job {
    const job = this.collection.get(id)
    if (job) return job
    throw new Failure('not-found', say`This job is not on the list any more.`)
  }

  #forgetOld(): void {
    const ended = this.collection.values().filter((job) => job.state !== 'running')
    for (const { id } of ended.slice(0, Math.max(0, ended.length - endedLimit))) {
      this.collection.remove(id)
    }
  }
}

/** How a job ends that ran when the app ended: a person may do it again. */
const endedWithApp = (): Partial<Job> => ({
  state: 'failed',
  problem: {
    code: 'cancelled',
    message: say`Longshore ended while this ran.`,
    hint: say`It can be done again.`,
  },
  unseen: true,
})

/** A job that a former run of the app left running: `lastHeardAt` is when that run last told of any. */
function interrupted(job: Job, lastHeardAt: number): Job {
  const endedAt = Math.max(job.startedAt, lastHeardAt)
  return { ...job, ...endedWithApp(), bytesPerSecond: null, etaSeconds: null, endedAt }
}

function withoutMark(job: Job): Job {
  const seen = { ...job }
  delete seen.unseen
  return seen
}

/** Why a job failed that nobody cancelled. Its connection did, where that ended with all that was under way on it. */
function problemOf(error: unknown): Problem {
  const problem = toProblem(error)
  if (problem.code !== 'cancelled') return problem
  return {
    code: 'engine-unreachable',
    message: say`The connection to the engine ended before this was done.`,
    hint: say`Do it again when the engine is back.`,
  }
}
