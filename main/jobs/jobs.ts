import { randomUUID } from 'node:crypto'
import type { Job } from '../../preload/contract/jobs'
import { Failure, toProblem } from '../errors'
import { LiveCollection } from '../live/collection'

/** How many ended jobs are kept. */
const endedLimit = 200
/** Updates of a running job reach watchers at most this often, milliseconds. */
const coalesceMillis = 100

/** What a job can say while it runs. */
export type JobProgress = Partial<
  Pick<
    Job,
    'steps' | 'currentBytes' | 'totalBytes' | 'bytesPerSecond' | 'etaSeconds' | 'log' | 'digest'
  >
>

export interface JobContext {
  /** Aborts when the job is cancelled. */
  signal: AbortSignal
  report(progress: JobProgress): void
}

export interface JobPlan {
  engineId: string
  kind: Job['kind']
  subject: string
  /** Does the work; rejecting fails the job. */
  run(context: JobContext): Promise<void>
  /** The same work can be started again. */
  retryable: boolean
}

/** Long work: begun by a page, owned by main, watched by every page. */
export class Jobs {
  readonly collection = new LiveCollection<Job>({ coalesceMillis })
  readonly #plans = new Map<string, JobPlan>()
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>()

  constructor() {
    this.collection.replace([])
  }

  /** Starts at once; returns the job's id. */
  start(plan: JobPlan): string {
    const id = randomUUID()
    const abort = new AbortController()
    this.#plans.set(id, plan)
    this.collection.upsert({
      id,
      engineId: plan.engineId,
      kind: plan.kind,
      subject: plan.subject,
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
      problem: null,
    })
    this.#running.set(id, { abort, done: this.#run(id, plan, abort.signal) })
    return id
  }

  /** Asks a running job to end; what has ended stays as it is. */
  cancel(id: string): void {
    this.#job(id)
    this.#running.get(id)?.abort.abort()
  }

  /** Starts the same work as a new job. */
  retry(id: string): string {
    const job = this.#job(id)
    const plan = this.#plans.get(id)
    if (job.state === 'running' || !plan?.retryable) {
      throw new Failure('conflict', 'This job cannot be started again.')
    }
    return this.start(plan)
  }

  /** Takes an ended job off the list. */
  dismiss(id: string): void {
    if (this.#job(id).state === 'running') {
      throw new Failure('conflict', 'The job still runs.', { hint: 'Cancel it first.' })
    }
    this.#forget(id)
  }

  /** Resolves when the job has ended, however it ended. */
  async ended(id: string): Promise<Job> {
    await this.#running.get(id)?.done
    return this.#job(id)
  }

  async close(): Promise<void> {
    const running = [...this.#running.values()]
    for (const { abort } of running) abort.abort()
    await Promise.all(running.map(({ done }) => done))
  }

  async #run(id: string, plan: JobPlan, signal: AbortSignal): Promise<void> {
    const report = (progress: JobProgress) => this.#change(id, progress)
    const ended = { bytesPerSecond: null, etaSeconds: null }
    try {
      await plan.run({ signal, report })
      this.#change(id, { ...ended, state: 'succeeded', endedAt: Date.now() })
    } catch (error) {
      this.#change(id, {
        ...ended,
        state: signal.aborted ? 'cancelled' : 'failed',
        problem: signal.aborted ? null : toProblem(error),
        endedAt: Date.now(),
      })
    }
    this.#running.delete(id)
    this.#forgetOld()
  }

  #change(id: string, changes: Partial<Job>): void {
    const job = this.collection.get(id)
    if (job) this.collection.upsert({ ...job, ...changes })
  }

  #job(id: string): Job {
    const job = this.collection.get(id)
    if (job) return job
    throw new Failure('not-found', 'This job is not on the list any more.')
  }

  #forget(id: string): void {
    this.collection.remove(id)
    this.#plans.delete(id)
  }

  #forgetOld(): void {
    const ended = this.collection.values().filter((job) => job.state !== 'running')
    for (const job of ended.slice(0, Math.max(0, ended.length - endedLimit))) this.#forget(job.id)
  }
}
