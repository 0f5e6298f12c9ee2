import type { Job, JobStep } from '../../preload/contract/jobs'

/** A step as its bar shows it. */
export interface TimedStep {
  step: JobStep
  /** How long it took, or runs by now; null where nothing ran. */
  millis: number | null
  /** Of the longest step's time, 0 to 1. */
  share: number
  /** What a cached one took when it last ran; null where that is not known. */
  savedMillis: number | null
}

export interface BuildTiming {
  steps: TimedStep[]
  totalMillis: number
  /** What the cache saved; null where no earlier build tells. */
  savedMillis: number | null
  cachedCount: number
}

/**
 * The times of a build's steps.
 *
 * @param earlier - other jobs; those that built the same tell what a cached step took when it ran
 */
export function buildTiming(job: Job, earlier: Iterable<Job>, now: number): BuildTiming {
  const known = ranBefore(job, earlier)
  const timed = job.steps.map((step) => {
    const ran = step.phase !== 'cached' && step.startedAt !== undefined
    const millis = ran ? Math.max(0, (step.endedAt ?? now) - (step.startedAt ?? now)) : null
    const savedMillis = step.phase === 'cached' ? (known.get(keyOf(step)) ?? null) : null
    return { step, millis, savedMillis }
  })
  const longest = Math.max(0, ...timed.map(({ millis }) => millis ?? 0))
  const saved = timed.flatMap(({ savedMillis }) => savedMillis ?? [])
  return {
    steps: timed.map((one) => ({
      ...one,
      share: longest === 0 ? 0 : (one.millis ?? 0) / longest,
    })),
    totalMillis: Math.max(0, (job.endedAt ?? now) - job.startedAt),
    savedMillis: saved.length === 0 ? null : saved.reduce((sum, millis) => sum + millis, 0),
    cachedCount: job.steps.filter(({ phase }) => phase === 'cached').length,
  }
}

/** What each step took in the newest earlier build of the same in which it ran. */
function ranBefore(job: Job, earlier: Iterable<Job>): Map<string, number> {
  const known = new Map<string, number>()
  const before = [...earlier]
    .filter((other) => other.startedAt < job.startedAt && buildsSame(other, job))
    .sort((one, other) => one.startedAt - other.startedAt)
  for (const { steps } of before) {
    for (const step of steps) {
      if (step.phase !== 'done' || step.startedAt === undefined || step.endedAt === undefined)
        continue
      known.set(keyOf(step), step.endedAt - step.startedAt)
    }
  }
  return known
}

const keyOf = ({ id, status }: JobStep) => `${id} ${status}`

/** The same folder and Dockerfile for the same stage; whether with the cache or without. */
function buildsSame({ request: one }: Job, { request: other }: Job): boolean {
  if (one.kind !== 'build' || other.kind !== 'build') return false
  return (
    one.engineId === other.engineId &&
    one.folder === other.folder &&
    one.dockerfile === other.dockerfile &&
    one.target === other.target &&
    one.platform === other.platform
  )
}
