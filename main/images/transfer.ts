import type { Reference } from '../../preload/contract/reference'
import { registryHost } from '../../preload/contract/reference'
import { say } from '../../preload/contract/say'
import type { PostRequest } from '../engines/dialect/dialect'
import type { EngineLink } from '../engines/handshake'
import { openStream } from '../engines/rawStream'
import { isEngineAnswer, toFailure } from '../errors'
import type { JobContext } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { transferFailure } from '../jobs/transferFailure'
import { followTransfer } from '../jobs/transferProgress'
import { isLoopback } from '../registries/hosts'
import { withRetries } from '../registries/protocol/retries'

/** The engine prepares an answer (resolves the name, asks the registry) before the stream opens. */
const openMillis = 5 * 60_000

export interface Transfer {
  engineId: string
  direction: 'pull' | 'push'
  reference: Reference
  /** By the engine's dialect; `plainHttp`: the registry is asked without TLS, or its certificate not verified. */
  requestOf: (link: EngineLink, options: { plainHttp: boolean }) => PostRequest
}

/** How often a connection may break off on the way to or from a registry. */
const ATTEMPTS = 3

/**
 * Has an engine pull or push one name, with the credential of the name's registry, and follows it. What
 * passes by itself (a broken connection, a registry that is busy) is tried again: layers that arrived are
 * not moved twice.
 */
export async function transfer(
  services: JobServices,
  what: Transfer,
  context: JobContext,
): Promise<void> {
  const retries: string[] = []
  await withRetries(
    () =>
      transferOnce(services, what, {
        signal: context.signal,
        report: ({ log = [], ...progress }) =>
          context.report({ ...progress, log: [...retries, ...log] }),
      }),
    {
      signal: context.signal,
      attempts: ATTEMPTS,
      onRetry: (error) => {
        const { message, engineMessage } = toFailure(error)
        retries.push(say`Trying again: ${engineMessage ?? message}`)
      },
    },
  )
}

async function transferOnce(
  { engines, registries }: JobServices,
  { engineId, direction, reference, requestOf }: Transfer,
  context: JobContext,
): Promise<void> {
  const host = registryHost(reference)
  const { link } = engines.get(engineId).connection
  const request = requestOf(link, {
    plainHttp: isLoopback(host) || (await registries.isUnverified(host)),
  })
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
  await followTransfer(body, direction, context)
}
