import type { Job } from '../../preload/contract/jobs'

/** How long a job ran, or has run by `now`, milliseconds. */
export function jobMillis(job: Pick<Job, 'startedAt' | 'endedAt'>, now: number): number {
  return Math.max(0, (job.endedAt ?? now) - job.startedAt)
}

/** Of an ended job over its whole time, waiting included; null where nothing moved. */
export function averageBytesPerSecond(
  job: Pick<Job, 'startedAt' | 'endedAt' | 'currentBytes'>,
): number | null {
  if (job.endedAt === null || job.currentBytes <= 0) return null
  const millis = job.endedAt - job.startedAt
  return millis > 0 ? (job.currentBytes / millis) * 1_000 : null
}

/** Null for a job that goes without an engine, from registry to registry. */
export function engineIdOf({ request }: Pick<Job, 'request'>): string | null {
  return 'engineId' in request ? request.engineId : null
}
