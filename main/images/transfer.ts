import type { Readable } from 'node:stream'
import { registryHost, withDefaultTag, type Reference } from '../../preload/contract/reference'
import type { EngineLink } from '../engines/handshake'
import type { Session } from '../engines/session'
import type { JobContext, Jobs } from '../jobs/jobs'
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
  return startTransfer(place, 'pull', reference, (link, authorization, signal) => {
    const { dialect } = link
    const query = {
      ...dialect.pullQuery(reference.name, reference.digest ?? reference.tag ?? ''),
      ...dialect.registryQuery({ plainHttp: isLoopback(registryHost(reference)) }),
    }
    return link.client.stream(
      (docker, abortSignal) => docker.createImage(authorization, { ...query, abortSignal }),
      { signal, timeoutMillis: openMillis },
    )
  })
}

/** Starts a push job of a name that the engine has; returns its id. */
export function pushImage(place: Place, text: string): string {
  const reference = withDefaultTag(readReference(text))
  return startTransfer(place, 'push', reference, (link, authorization, signal) => {
    const query = {
      tag: reference.tag,
      ...link.dialect.registryQuery({ plainHttp: isLoopback(registryHost(reference)) }),
    }
    return link.client.stream(
      (docker, abortSignal) =>
        docker.getImage(reference.name).push({ ...query, authconfig: authorization, abortSignal }),
      { signal, timeoutMillis: openMillis },
    )
  })
}

type Open = (
  link: EngineLink,
  authorization: { base64: string },
  signal: AbortSignal,
) => Promise<Readable>

function startTransfer(
  { jobs, registries, session }: Place,
  kind: 'pull' | 'push',
  reference: Reference,
  open: Open,
): string {
  const { connection } = session
  const run = async (context: JobContext) => {
    const authorization = { base64: await registries.authorizationFor(registryHost(reference)) }
    const body = await open(connection.link, authorization, context.signal)
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
