import { say } from '../../../preload/contract/say'
import {
  inspectedContainer,
  inspectedImage,
  type InspectedConfig,
  type InspectedContainer,
} from '../../engines/dialect/inspection'
import { getJson } from '../../engines/getJson'
import type { EngineLink } from '../../engines/handshake'
import { Failure, toFailure } from '../../errors'

export interface InspectedImage {
  id: string
  /** Milliseconds since 1970 UTC; null where it is not told. */
  createdAt: number | null
  config: InspectedConfig
}

/** A container with every field the engine tells, also those that no type knows. */
export async function inspect(link: EngineLink, id: string): Promise<InspectedContainer> {
  const answer: unknown = await link.client.call((docker, abortSignal) =>
    docker.getContainer(id).inspect({ abortSignal }),
  )
  return inspectedContainer.parse(answer)
}

/** @param image An id, or a name that was read as one: it becomes part of the path as it is. */
export async function inspectImage(link: EngineLink, image: string): Promise<InspectedImage> {
  const answer = await getJson(link.client, `/images/${image}/json`)
  const { Id, Created, Config } = inspectedImage.parse(answer)
  return {
    id: Id.startsWith('sha256:') ? Id : `sha256:${Id}`,
    createdAt: Date.parse(Created ?? '') || null,
    config: Config ?? {},
  }
}

/** The image that a container is to be made from. Throws `not-found`, in words, where it is not there. */
export async function inspectWantedImage(
  link: EngineLink,
  reference: string,
): Promise<InspectedImage> {
  return inspectImage(link, reference).catch((error: unknown) => {
    const failure = toFailure(error)
    if (failure.code !== 'not-found') throw failure
    throw new Failure('not-found', say`The engine has no image named ${reference}.`, {
      hint: say`Pull it first.`,
      engineMessage: failure.engineMessage,
      cause: error,
    })
  })
}

/** It has processes, or is about to have them again. */
export function isUp({ State: { Running, Paused, Restarting } }: InspectedContainer): boolean {
  return Running || Paused === true || Restarting === true
}
