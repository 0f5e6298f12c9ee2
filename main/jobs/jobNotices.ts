import { longJobMillis, type Job } from '../../preload/contract/jobs'
import { say } from '../../preload/contract/say'
import { exitSentence } from '../containers/exits/words'
import { LiveValue } from '../live/value'
import { log } from '../log'
import type { Notify } from '../platform'
import { endedWords } from './kindWords'

export interface JobNoticesOptions {
  /** Shows a notification on the desktop; null: the pages do. */
  notify: Notify | null
  /** Whether the person wants to be told. */
  wanted: () => Promise<boolean>
}

/** Tells on the desktop that a long job has ended, while the person looks at something else. */
export class JobNotices {
  readonly #options: JobNoticesOptions
  readonly #opened = new LiveValue<{ jobId: string } | null>(null)

  constructor(options: JobNoticesOptions) {
    this.#options = options
  }

  ended(job: Job): void {
    const { notify, wanted } = this.#options
    // What was cancelled ended because the person wanted it; what ended with the app, with it.
    const tells = job.state === 'succeeded' || (job.state === 'failed' && !endedWithApp(job))
    if (!notify || !tells || !(asksToBeTold(job) || isLong(job))) return
    const onClick = () => (this.#opened.value = { jobId: job.id })
    const telling = asksToBeTold(job) ? Promise.resolve(true) : wanted()
    telling
      .then((yes) => yes && notify({ ...wordsOf(job), onClick, unlessFocused: true }))
      .catch((error: unknown) => log.warn({ error }, 'the end of a job could not be told'))
  }

  /** The clicks on notifications from now on. */
  async *opened(signal: AbortSignal): AsyncGenerator<{ jobId: string }, void, undefined> {
    const before = this.#opened.value
    for await (const opened of this.#opened.watch(signal)) {
      if (opened && opened !== before) yield opened
    }
  }
}

/** That is what the job is for. */
function asksToBeTold({ request }: Job): boolean {
  return request.kind === 'wait'
}

function isLong({ startedAt, endedAt }: Job): boolean {
  return (endedAt ?? 0) - startedAt >= longJobMillis
}

function endedWithApp({ problem }: Job): boolean {
  return problem?.code === 'cancelled'
}

/** `Pull done`, `nginx:latest`. */
function wordsOf(job: Job): { title: string; body: string } {
  const { request, state, subject, problem, result } = job
  if (result?.kind === 'wait') {
    return { title: say`${subject} has ended`, body: exitSentence(result.exit) }
  }
  const title = endedWords(request.kind, state === 'succeeded')
  return { title, body: [subject, problem?.message].filter(Boolean).join(': ') }
}
