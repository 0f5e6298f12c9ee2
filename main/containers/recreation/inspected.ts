import {
  inspectedContainer,
  inspectedImage,
  type InspectedConfig,
  type InspectedContainer,
} from '../../engines/dialect/inspection'
import { getJson } from '../../engines/getJson'
import type { EngineLink } from '../../engines/handshake'

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

/** It has processes, or is about to have them again. */
export function isUp({ State: { Running, Paused, Restarting } }: InspectedContainer): boolean {
  return Running || Paused === true || Restarting === true
}
