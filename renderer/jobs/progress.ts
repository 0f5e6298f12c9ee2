import type { Job } from '../../preload/contract/jobs'

/**
 * The share of a job that is done, 0 to 1; null while nobody knows how much there is.
 * Layers that report no size yet count as nothing, so the share can shrink when one does.
 */
export function jobProgress(
  job: Pick<Job, 'state' | 'currentBytes' | 'totalBytes'>,
): number | null {
  if (job.state === 'succeeded') return 1
  if (job.totalBytes === null || job.totalBytes <= 0) return null
  return Math.min(1, job.currentBytes / job.totalBytes)
}

/** The share of all these jobs together, by bytes; null while one of them does not know its size. */
export function overallProgress(
  jobs: readonly Pick<Job, 'state' | 'currentBytes' | 'totalBytes'>[],
): number | null {
  let current = 0
  let total = 0
  for (const job of jobs) {
    if (job.totalBytes === null || job.totalBytes <= 0) return null
    current += Math.min(job.currentBytes, job.totalBytes)
    total += job.totalBytes
  }
  return total === 0 ? null : current / total
}
