import { randomUUID } from 'node:crypto'
import type { JobKind, JobRequest, JobRequests } from '../../preload/contract/jobRequest'
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
  report(progress: JobProgress): void
}

/** What a request comes to. */
export interface Work {
  /** What it works on, in short. */
  subject: string
  /** Does it; rejecting fails the job. */
  run(context: JobContext): Promise<void>
}

/**
 * How each kind of request is done. What cannot even begin throws a Failure (`invalid-input`) here, and
 * there is no job.
 */
export type JobKinds = { [Kind in JobKind]: (request: JobRequests[Kind]) => Work }

/** Long work: begun by a page, owned by main, watched by every page. */
export class Jobs {
  readonly collection = new LiveCollection<Job>({ coalesceMillis })
  readonly #kinds: JobKinds
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>()

  constructor(kinds: JobKinds) {
    this.#kinds = kinds
    this.collection.replace([])
  }

  /** Starts at once; returns the job's id. */
  start(request: JobRequest): string {
    const work = workOf(this.#kinds, request)
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
    if (state === 'running') throw new Failure('conflict', 'The job still runs.')
    return this.start(request)
  }

  /** Takes an ended job off the list. */
  dismiss(id: string): void {
    if (this.#job(id).state === 'running') {
      throw new Failure('conflict', 'The job still runs.', { hint: 'Cancel it first.' })
    }
    this.collection.remove(id)
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

  async #run(id: string, work: Work, signal: AbortSignal): Promise<void> {
    const report = (progress: JobProgress) => this.#change(id, progress)
    const ended = { bytesPerSecond: null, etaSeconds: null }
    try {
      await work.run({ signal, report })
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

  #forgetOld(): void {
    const ended = this.collection.values().filter((job) => job.state !== 'running')
    for (const { id } of ended.slice(0, Math.max(0, ended.length - endedLimit))) {
      this.collection.remove(id)
    }
  }
}

/** Generic, so that the request is of the kind that it is looked up by. */
function workOf<Kind extends JobKind>(
  kinds: JobKinds,
  request: JobRequests[Kind] & { kind: Kind },
): Work {
  return kinds[request.kind](request)
}
