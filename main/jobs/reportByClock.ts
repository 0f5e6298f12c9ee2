import { createRate } from '../streams/rate'
import type { JobContext, JobProgress } from './jobs'

/** Between two reports, milliseconds: what is followed may tell of itself hundreds of times a second. */
const reportMillis = 100

/**
 * Tells how far a job is by the clock rather than by message, so that what stalls is seen to stall; with
 * its speed and the time left where bytes are told.
 *
 * @param look how far it is now
 * @returns the end of it, with a last report
 */
export function reportByClock(context: JobContext, look: () => JobProgress): () => void {
  const rate = createRate()
  const tell = () => {
    const progress = look()
    context.report({ ...progress, ...speedOf(progress) })
  }
  const speedOf = ({ currentBytes, totalBytes = null }: JobProgress): JobProgress => {
    if (currentBytes === undefined) return {}
    rate.record(currentBytes)
    const leftBytes = totalBytes === null ? null : totalBytes - currentBytes
    return { bytesPerSecond: rate.bytesPerSecond(), etaSeconds: rate.etaSeconds(leftBytes) }
  }
  tell()
  const timer = setInterval(tell, reportMillis)
  return () => {
    clearInterval(timer)
    tell()
  }
}
