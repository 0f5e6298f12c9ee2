import type { RecreationInput, RecreationObstacle } from '../../../preload/contract/recreation'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import { getJson } from '../../engines/getJson'
import type { EngineLink } from '../../engines/handshake'
import { Failure, toFailure } from '../../errors'
import { imageText } from '../create/provideImage'
import { inspect, inspectImage, type InspectedImage } from './inspected'

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
    inspectImage(link, reference).catch((error: unknown) => {
      throw isGone(error, reference)
    }),
  ])
  return {
    container: recreation.settings(told, more),
    before,
    after,
    reference,
    obstacle: obstacleOf(told, before, recreation.isInPod(more)),
  }
}

function isGone(error: unknown, reference: string): Failure {
  const failure = toFailure(error)
  if (failure.code !== 'not-found') return failure
  return new Failure('not-found', `The engine has no image named ${reference}.`, {
    hint: 'Pull it first.',
    engineMessage: failure.engineMessage,
    cause: error,
  })
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
