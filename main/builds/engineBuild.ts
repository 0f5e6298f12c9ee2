import { Readable } from 'node:stream'
import type { BuildRequest } from '../../preload/contract/builds'
import { say } from '../../preload/contract/say'
import type { EngineLink } from '../engines/handshake'
import { openStream } from '../engines/rawStream'
import { linkSignals, timeoutError } from '../deadline'
import { Failure } from '../errors'
import { jsonLines } from '../streams/jsonLines'
import { openContext } from './context'
import { contextTar } from './contextTar'
import { createEngineMessages } from './engineMessages'
import { buildFailure } from './failure'
import { contextBytes } from './inspectContext'
import type { BuildSteps } from './steps'

/** How long the engine may neither take a byte of the context nor answer, milliseconds. */
const stallMillis = 5 * 60_000
const CONTEXT_STEP = 'context'

/**
 * Has the engine itself build (`POST /build`): sends the context, then follows what it says. Aborting ends
 * the build on the engine, for it ends with its connection.
 *
 * @returns the image's id, as the engine writes it
 * @throws Failure of the failing step, also where the engine reports it inside an answer of 200
 */
export async function buildOnEngine(
  { client, dialect }: EngineLink,
  request: BuildRequest,
  registryConfig: string,
  steps: BuildSteps,
  signal: AbortSignal,
): Promise<string> {
  steps.begin(CONTEXT_STEP, 'context')
  const context = await openContext(request)
  if (context.dockerfile === null) {
    throw new Failure('not-found', say`There is no Dockerfile at "${request.dockerfile}".`, {
      hint: say`Name another Dockerfile, or another folder.`,
    })
  }
  const total = await contextBytes(context, signal)
  const stall = watchStall(signal)
  let sent = 0
  const body = Readable.from(
    contextTar(context, stall.signal, (bytes) => {
      sent += bytes
      stall.moved()
      steps.progress(CONTEXT_STEP, sent, total)
    }),
    { objectMode: false },
  )
  let failure: unknown = null
  // The request is torn down by it; what tore it is the better reason.
  body.once('error', (error) => (failure = error))
  body.once('end', () => steps.end(CONTEXT_STEP, 'done'))
  const messages = createEngineMessages(dialect.builds.mark, steps)
  try {
    const { path, query } = dialect.builds.request({
      ...request,
      dockerfile: context.dockerfileName,
    })
    const answer = await openStream(
      client,
      { method: 'POST', path, query, registryConfig, body },
      { signal: stall.signal, timeoutMillis: LONGEST_UPLOAD_MILLIS },
    )
    stall.end()
    for await (const message of jsonLines(answer, { signal })) messages.apply(message)
  } catch (error) {
    const { lateEnd } = dialect.builds
    if (signal.aborted && lateEnd !== null) steps.remark(lateEnd())
    throw failure ?? error
  } finally {
    stall.end()
    body.destroy()
  }
  const error = messages.error()
  const stepId = messages.stepId()
  if (error !== null) {
    const step = steps.list().find(({ id }) => id === stepId)
    throw buildFailure(error, step?.status ?? null, stepId === null ? [] : steps.lastOutput(stepId))
  }
  const imageId = messages.imageId()
  if (imageId !== null) return imageId
  throw new Failure('engine-error', say`The engine ended the build without saying what it made.`)
}

/** Node's longest timer: a stall is what ends an upload, not its length. */
const LONGEST_UPLOAD_MILLIS = 2 ** 31 - 1

/** A signal that aborts with `signal`, or when nothing has moved for too long. */
function watchStall(signal: AbortSignal) {
  const link = linkSignals([signal])
  const giveUp = () => link.abort(timeoutError())
  const timer = setTimeout(giveUp, stallMillis)
  return {
    signal: link.signal,
    moved: () => void timer.refresh(),
    end: () => {
      clearTimeout(timer)
      link.release()
    },
  }
}
