import type { PullRequest, PushRequest } from '../../preload/contract/images'
import { registryHost, withDefaultTag, type Reference } from '../../preload/contract/reference'
import type { PostRequest } from '../engines/dialect/dialect'
import type { EngineLink } from '../engines/handshake'
import { openStream } from '../engines/rawStream'
import { Failure, isEngineAnswer, toFailure } from '../errors'
import type { JobContext, Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { transferFailure } from '../jobs/transferFailure'
import { followTransfer } from '../jobs/transferProgress'
import { isLoopback } from '../registries/hosts'
import { readReference } from './names'
import { fullImageId } from './summary'

/** The engine prepares an answer (resolves the name, asks the registry) before the stream opens. */
const openMillis = 5 * 60_000

/** Pulls an image. Throws `invalid-input` for what is no image name. */
export function pullImage(services: JobServices, { engineId, reference: text }: PullRequest): Work {
  const reference = withDefaultTag(readReference(text))
  const tagOrDigest = reference.digest ?? reference.tag ?? ''
  return {
    subject: reference.familiar,
    async run(context) {
      const { link } = services.engines.get(engineId).connection
      const formerImageId = await imageNamed(link, reference.familiar)
      await transfer(services, engineId, 'pull', reference, context, ({ dialect }, options) =>
        dialect.pullRequest(reference.name, tagOrDigest, options),
      )
      const imageId = await imageNamed(link, reference.familiar)
      if (imageId !== null) context.report({ result: { kind: 'pull', imageId, formerImageId } })
    },
  }
}

/** The image that a name means; null where the engine has none of that name. */
async function imageNamed(link: EngineLink, name: string): Promise<string | null> {
  try {
    const { Id: id } = await link.client.call((docker) => docker.getImage(name).inspect())
    return fullImageId(id)
  } catch (error) {
    if (toFailure(error).code === 'not-found') return null
    throw error
  }
}

/** Pushes a name that the engine has. */
export function pushImage(services: JobServices, { engineId, reference: text }: PushRequest): Work {
  const reference = withDefaultTag(readReference(text))
  const { tag } = reference
  if (tag === undefined) {
    throw new Failure('invalid-input', 'A push needs a tag.', { hint: 'Write name:tag.' })
  }
  return {
    subject: reference.familiar,
    run: (context) =>
      transfer(services, engineId, 'push', reference, context, ({ dialect }, options) =>
        dialect.pushRequest(reference.name, tag, options),
      ),
  }
}

async function transfer(
  { engines, registries }: JobServices,
  engineId: string,
  direction: 'pull' | 'push',
  reference: Reference,
  context: JobContext,
  requestOf: (link: EngineLink, options: { plainHttp: boolean }) => PostRequest,
): Promise<void> {
  const host = registryHost(reference)
  const { link } = engines.get(engineId).connection
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
  await followTransfer(body, direction, context)
}
