import type { Readable } from 'node:stream'
import { jsonLines } from '../streams/jsonLines'
import { createProgress } from '../streams/progress'
import type { JobContext } from './jobs'
import { reportByClock } from './reportByClock'
import { transferFailure } from './transferFailure'

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
  const end = reportByClock(context, () => {
    const { layers, transferredBytes, totalBytes, log, digest } = progress.state()
    return { steps: layers, currentBytes: transferredBytes, totalBytes, log, digest }
  })
  try {
    for await (const message of jsonLines(body, { signal: context.signal })) progress.apply(message)
    const { error } = progress.state()
    if (error !== null) throw transferFailure(error)
    progress.complete()
  } finally {
    end()
  }
}
