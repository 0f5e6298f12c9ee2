import type { RecreationInput, RecreationObstacle } from '../../../preload/contract/recreation'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import { getJson } from '../../engines/getJson'
import type { EngineLink } from '../../engines/handshake'
import { toFailure } from '../../errors'
import { imageText } from '../create/provideImage'
import { inspect, inspectImage, inspectWantedImage, type InspectedImage } from './inspected'

/** All that is asked of the engine before a container is made again. */
export interface Prepared {
  /** As its engine's dialect reads it. */
  container: InspectedContainer
  /** Null: the image that it was made from is not there any more. */
  before: InspectedImage | null
  after: InspectedImage
  reference: string
  obstacle: RecreationObstacle | null
}

/** Throws `invalid-input` where no image name is known, `not-found` where the name means nothing. */
export async function prepare(
  link: EngineLink,
  { id, imageReference }: Pick<RecreationInput, 'id' | 'imageReference'>,
): Promise<Prepared> {
  const { recreation } = link.dialect
  const [told, more] = await Promise.all([
    inspect(link, id),
    recreation.moreDetails ? getJson(link.client, recreation.moreDetails(id)) : null,
  ])
  const reference = imageReference ?? told.Config.Image ?? ''
  imageText(reference)
  const [before, after] = await Promise.all([
    inspectImage(link, told.Image).catch((error: unknown) => {
      if (toFailure(error).code === 'not-found') return null
      throw error
    }),
    inspectWantedImage(link, reference),
  ])
  return {
    container: recreation.settings(told, more),
    before,
    after,
    reference,
    obstacle: obstacleOf(told, before, recreation.isInPod(more)),
  }
}

function obstacleOf(
  { HostConfig: host }: InspectedContainer,
  before: InspectedImage | null,
  inPod: boolean,
): RecreationObstacle | null {
  if (host.AutoRemove) return 'auto-remove'
  if (inPod) return 'in-pod'
  return before === null ? 'image-gone' : null
}
