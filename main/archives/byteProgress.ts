import type { JobContext, JobProgress } from '../jobs/jobs'
import { createRate } from '../streams/rate'

/** Between two reports, milliseconds. */
const reportMillis = 100

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
  const rate = createRate()
  let currentBytes = 0
  const tell = () => {
    rate.record(currentBytes)
    // An estimate that was too low says nothing any more.
    const total = totalBytes !== null && currentBytes > totalBytes ? null : totalBytes
    context.report({
      ...more(),
      currentBytes,
      totalBytes: total,
      bytesPerSecond: rate.bytesPerSecond(),
      etaSeconds: rate.etaSeconds(total === null ? null : total - currentBytes),
    })
  }
  // By the clock rather than by chunk, so that what stalls is seen to stall.
  const timer = setInterval(tell, reportMillis)
  tell()
  return {
    add: (bytes: number) => {
      currentBytes += bytes
    },
    end: () => {
      clearInterval(timer)
      tell()
    },
  }
}
