import type { PullRequest, PullResult } from '../../preload/contract/images'
import { withDefaultTag } from '../../preload/contract/reference'
import type { EngineLink } from '../engines/handshake'
import type { Session } from '../engines/session'
import { toFailure } from '../errors'
import type { Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import type { FactsKeeper } from '../layers/factsKeeper'
import { chainIdsOf } from './chainIds'
import { readReference } from './names'
import { fullImageId } from './summary'
import { transfer } from './transfer'

/** Pulls an image. Throws `invalid-input` for what is no image name. */
export function pullImage(
  services: JobServices,
  { engineId, reference: text, platform }: PullRequest,
): Work {
  const reference = withDefaultTag(readReference(text))
  const tagOrDigest = reference.digest ?? reference.tag ?? ''
  return {
    subject: reference.familiar,
    async run(context) {
      const session = services.engines.get(engineId)
      const { link } = session.connection
      const formerImageId = await imageNamed(link, reference.familiar)
      await transfer(
        services,
        {
          engineId,
          direction: 'pull',
          reference,
          requestOf: ({ dialect }, options) =>
            dialect.pullRequest(reference.name, tagOrDigest, { ...options, platform }),
        },
        context,
      )
      const imageId = await imageNamed(link, reference.familiar)
      if (imageId === null) return
      const isOther = formerImageId !== null && formerImageId !== imageId
      const change = isOther
        ? await changeOf(services.layerFacts, session, formerImageId, imageId, context.signal)
        : null
      context.report({ result: { kind: 'pull', imageId, formerImageId, change } })
    },
  }
}

/** Null where the former image is gone: engines may remove what nothing uses and nothing names. */
async function changeOf(
  keeper: FactsKeeper,
  session: Session,
  formerId: string,
  newId: string,
  signal: AbortSignal,
): Promise<PullResult['change']> {
  try {
    const former = new Set(chainIdsOf(await keeper.diffIds(session, formerId, signal)))
    const now = chainIdsOf(await keeper.diffIds(session, newId, signal))
    const keptLayers = now.filter((chainId) => former.has(chainId)).length
    return { keptLayers, newLayers: now.length - keptLayers }
  } catch (error) {
    if (toFailure(error).code === 'not-found') return null
    throw error
  }
}

/** The image that a name or an id means; null where the engine has none. */
export async function imageNamed(link: EngineLink, name: string): Promise<string | null> {
  try {
    const { Id: id } = await link.client.call((docker) => docker.getImage(name).inspect())
    return fullImageId(id)
  } catch (error) {
    if (toFailure(error).code === 'not-found') return null
    throw error
  }
}
