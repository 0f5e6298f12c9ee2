import type { Job, JobStep } from '../../preload/contract/jobs'

type Progress = Pick<Job, 'state' | 'currentBytes' | 'totalBytes'>

/** The share of a job that is done, 0 to 1; null while nobody knows how much there is. */
export function jobProgress(job: Progress): number | null {
  if (job.state === 'succeeded') return 1
  if (job.totalBytes === null || job.totalBytes <= 0) return null
  return Math.min(1, job.currentBytes / job.totalBytes)
}

/** The share of all these jobs together, by bytes; null while one of them does not know its size. */
export function overallProgress(jobs: readonly Progress[]): number | null {
  let current = 0
  let total = 0
  for (const job of jobs) {
    if (job.totalBytes === null || job.totalBytes <= 0) return null
    current += Math.min(job.currentBytes, job.totalBytes)
    total += job.totalBytes
  }
  return total === 0 ? null : current / total
}

const donePhases: ReadonlySet<JobStep['phase']> = new Set(['done', 'exists', 'mounted', 'cached'])

export function isStepDone(step: Pick<JobStep, 'phase'>): boolean {
  return donePhases.has(step.phase)
}

/**
 * What is being done with a layer, as a person sees it: one that has come in full waits to be
 * unpacked, whatever the engine calls it meanwhile.
 */
export function stepPhase(step: Omit<JobStep, 'id' | 'status'>): JobStep['phase'] | 'downloaded' {
  const complete = step.totalBytes !== null && step.totalBytes > 0 && stepProgress(step) === 1
  return step.phase === 'downloading' && complete ? 'downloaded' : step.phase
}

/** The share of a layer that is done, 0 to 1; null where it moves and its size is not known. */
export function stepProgress(step: Omit<JobStep, 'id' | 'status'>): number | null {
  if (isStepDone(step)) return 1
  if (step.phase === 'waiting') return 0
  if (step.totalBytes === null || step.totalBytes <= 0) return null
  return Math.min(1, step.currentBytes / step.totalBytes)
}
