import type { Job } from '../../preload/contract/jobs'

const MOST_LINES = 200
/** Of a job's log together, in characters. */
const MOST_LOG = 32 * 1024
/** An image has 127 layers at most; a build may have more steps, and its log tells of them. */
const MOST_STEPS = 200
const MOST_WORDS = 500

/** A job without more than is worth keeping once it has ended: the end of its log, and of its steps. */
export function bounded(job: Job): Job {
  return {
    ...job,
    log: lastOf(job.log),
    steps: job.steps
      .slice(-MOST_STEPS)
      .map((step) => ({ ...step, status: step.status.slice(0, MOST_WORDS) })),
  }
}

/** The last lines that fit together; of a line that does not fit alone, its end. */
function lastOf(log: readonly string[]): string[] {
  const kept: string[] = []
  let room = MOST_LOG
  for (const line of log.slice(-MOST_LINES).reverse()) {
    if (room <= 0) break
    kept.push(line.slice(-room))
    room -= line.length + 1
  }
  return kept.reverse()
}
