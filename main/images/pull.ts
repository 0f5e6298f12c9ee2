import type { PullRequest } from '../../preload/contract/images'
import { withDefaultTag } from '../../preload/contract/reference'
import type { EngineLink } from '../engines/handshake'
import { toFailure } from '../errors'
import type { Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
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
      const { link } = services.engines.get(engineId).connection
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
      if (imageId !== null) context.report({ result: { kind: 'pull', imageId, formerImageId } })
    },
  }
}

/** The image that a name means; null where the engine has none of that name. */
export async function imageNamed(link: EngineLink, name: string): Promise<string | null> {
  try {
    const { Id: id } = await link.client.call((docker) => docker.getImage(name).inspect())
    return fullImageId(id)
  } catch (error) {
    if (toFailure(error).code === 'not-found') return null
    throw error
  }
}
