import { Readable } from 'node:stream'
import { say } from '../../preload/contract/say'
import type { EngineClient } from '../engines/client'
import { openStream, type StreamRequest } from '../engines/rawStream'
import { diskFull, Failure, isEngineAnswer, toFailure } from '../errors'
import { systemCodeOf } from '../systemFiles'
import type { JobContext } from '../jobs/jobs'
import { jsonLines } from '../streams/jsonLines'
import { createProgress } from '../streams/progress'
import { readProgressMessage, type ProgressMessage } from '../streams/progressMessage'
import { followBytes } from './byteProgress'
import type { Source } from './source'

/**
 * An engine may say nothing until it has all and has unpacked it, milliseconds. Whoever waits sees the
 * bytes move, and can cancel.
 */
const answerMillis = 24 * 3_600_000

/**
 * Sends what a file holds to an engine, unpacked, and follows the engine's answer to its end.
 *
 * @throws Failure as the engine's words say, also where the status was 200; where the file is damaged
 */
export async function sendContent(
  client: EngineClient,
  request: Pick<StreamRequest, 'path' | 'query'>,
  source: Source,
  context: JobContext,
  onMessage: (message: ProgressMessage) => void,
): Promise<void> {
  const progress = createProgress()
  const bytes = followBytes(context, source.bytes, () => ({ log: progress.state().log }))
  let fault: unknown = null
  const body = Readable.from(
    (async function* () {
      try {
        yield* source.content(bytes.add)
      } catch (error) {
        fault = error
        throw error
      }
    })(),
    { objectMode: false },
  )
  try {
    const answer = await openStream(
      client,
      { method: 'POST', ...request, body },
      { signal: context.signal, timeoutMillis: answerMillis },
    )
    for await (const message of jsonLines(answer, { signal: context.signal })) {
      progress.apply(message)
      onMessage(readProgressMessage(message))
    }
    const { error } = progress.state()
    if (error !== null) throw refusal(error)
  } catch (error) {
    // What broke the file off says more than that the engine got no more of it.
    throw fault ?? (context.signal.aborted ? error : inWords(error))
  } finally {
    body.destroy()
    bytes.end()
  }
}

function inWords(error: unknown): unknown {
  const code = systemCodeOf(error)
  if (code === 'EPIPE' || code === 'ECONNRESET') {
    return new Failure('engine-error', say`The engine broke off reading the file.`, {
      cause: error,
    })
  }
  const { engineMessage } = toFailure(error)
  return isEngineAnswer(error) && engineMessage ? refusal(engineMessage) : error
}

/** What an engine said against a file, in words for a person. */
function refusal(engineMessage: string): Failure {
  const more = { engineMessage }
  if (/no space left on device/i.test(engineMessage)) return diskFull(more)
  if (/manifest\.json: no such file|payload does not match/i.test(engineMessage)) {
    return new Failure('invalid-input', say`The engine finds no images in this file.`, {
      ...more,
      hint: say`Docker takes OCI layouts from version 25 on; a root file system can be imported.`,
    })
  }
  return new Failure('engine-error', say`The engine does not take this file.`, more)
}
