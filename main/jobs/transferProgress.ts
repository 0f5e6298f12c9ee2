import type { Readable } from 'node:stream'
import { jsonLines } from '../streams/jsonLines'
import { createProgress } from '../streams/progress'
import { createRate } from '../streams/rate'
import type { JobContext } from './jobs'
import { transferFailure } from './transferFailure'

/** Between two reports, milliseconds: the engine sends hundreds of lines a second. */
const reportMillis = 100

/**
 * Follows the progress stream of a pull or push to its end. Rejects when the stream breaks, and when
 * the engine reports an error in it: the status was 200 all the same.
 */
export async function followTransfer(
  body: Readable,
  direction: 'pull' | 'push',
  context: JobContext,
): Promise<void> {
  const progress = createProgress({ direction })
  const rate = createRate()
  const tell = () => {
    const state = progress.state()
    rate.record(state.transferredBytes)
    const left = state.totalBytes === null ? null : state.totalBytes - state.transferredBytes
    context.report({
      steps: state.layers,
      currentBytes: state.transferredBytes,
      totalBytes: state.totalBytes,
      bytesPerSecond: rate.bytesPerSecond(),
      etaSeconds: rate.etaSeconds(left),
      log: state.log,
      digest: state.digest,
    })
  }
  // By the clock rather than by message, so that a stalled transfer is seen to have stalled.
  const timer = setInterval(tell, reportMillis)
  try {
    for await (const message of jsonLines(body, { signal: context.signal })) progress.apply(message)
    const { error } = progress.state()
    if (error !== null) throw transferFailure(error)
    progress.complete()
  } finally {
    clearInterval(timer)
    tell()
  }
}
