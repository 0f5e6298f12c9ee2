import type { JobContext, JobProgress } from '../jobs/jobs'
import { reportByClock } from '../jobs/reportByClock'

/**
 * Tells how far a job is by counting bytes. Call `end` when it is over.
 *
 * @param totalBytes null: nobody knows
 * @param more what else is told each time
 */
export function followBytes(
  context: JobContext,
  totalBytes: number | null,
  more: () => JobProgress = () => ({}),
) {
  let currentBytes = 0
  const end = reportByClock(context, () => ({
    ...more(),
    currentBytes,
    // An estimate that was too low says nothing any more.
    totalBytes: totalBytes !== null && currentBytes > totalBytes ? null : totalBytes,
  }))
  return {
    add: (bytes: number) => {
      currentBytes += bytes
    },
    end,
  }
}
