import { registryHost, withDefaultTag, type Reference } from '../../preload/contract/reference'
import type { PostRequest } from '../engines/dialect/dialect'
import type { EngineLink } from '../engines/handshake'
import { openStream } from '../engines/rawStream'
import type { Session } from '../engines/session'
import { Failure, isEngineAnswer, toFailure } from '../errors'
import type { JobContext, Jobs } from '../jobs/jobs'
import { transferFailure } from '../jobs/transferFailure'
import { followTransfer } from '../jobs/transferProgress'
import { isLoopback } from '../registries/hosts'
import type { Registries } from '../registries/registries'
import { readReference } from './names'

interface Place {
  jobs: Jobs
  registries: Registries
  session: Session
}

/** The engine prepares an answer (resolves the name, asks the registry) before the stream opens. */
const openMillis = 5 * 60_000

/** Starts a pull job; returns its id. Throws `invalid-input` for what is no image name. */
export function pullImage(place: Place, text: string): string {
  const reference = withDefaultTag(readReference(text))
  const tagOrDigest = reference.digest ?? reference.tag ?? ''
  return startTransfer(place, 'pull', reference, ({ dialect }, options) =>
    dialect.pullRequest(reference.name, tagOrDigest, options),
  )
}

/** Starts a push job of a name that the engine has; returns its id. */
export function pushImage(place: Place, text: string): string {
  const reference = withDefaultTag(readReference(text))
  const { tag } = reference
  if (tag === undefined) {
    throw new Failure('invalid-input', 'A push needs a tag.', { hint: 'Write name:tag.' })
  }
  return startTransfer(place, 'push', reference, ({ dialect }, options) =>
    dialect.pushRequest(reference.name, tag, options),
  )
}

function startTransfer(
  { jobs, registries, session }: Place,
  kind: 'pull' | 'push',
  reference: Reference,
  requestOf: (link: EngineLink, options: { plainHttp: boolean }) => PostRequest,
): string {
  const { connection } = session
  const host = registryHost(reference)
  const run = async (context: JobContext) => {
    const { link } = connection
    const request = requestOf(link, { plainHttp: isLoopback(host) })
    const authorization = await registries.authorizationFor(host)
    const body = await openStream(
      link.client,
      { method: 'POST', ...request, authorization },
      { signal: context.signal, timeoutMillis: openMillis },
    ).catch((error: unknown) => {
      // An engine that resolves the name first refuses with a status instead of a line in the stream.
      const { engineMessage } = toFailure(error)
      throw isEngineAnswer(error) && engineMessage ? transferFailure(engineMessage) : error
    })
    await followTransfer(body, kind, context)
  }
  return jobs.start({
    engineId: connection.engine.value.id,
    kind,
    subject: reference.familiar,
    run,
    retryable: true,
  })
}
