import { listedName } from '../containers/summary'
import type { EngineLink } from '../engines/handshake'
import { fullImageId, listedNames } from './summary'

/** What an engine has at one moment, also what its lists do not show. */
export interface Everything {
  images: ReadonlyMap<string, { references: string[] }>
  /** Ids of the images that were built on one, by Docker's classic builder and Podman. */
  children: ReadonlyMap<string, string[]>
  /** Names of the containers that were made from an image. */
  users: ReadonlyMap<string, string[]>
}

export async function listEverything(link: EngineLink, signal?: AbortSignal): Promise<Everything> {
  const [listed, containers] = await Promise.all([
    link.client.call((docker, abortSignal) => docker.listImages({ all: true, abortSignal }), {
      signal,
    }),
    link.client.call((docker, abortSignal) => docker.listContainers({ all: true, abortSignal }), {
      signal,
    }),
  ])
  const children = new Map<string, string[]>()
  for (const { Id, ParentId } of listed) {
    if (ParentId) append(children, fullImageId(ParentId), fullImageId(Id))
  }
  const users = new Map<string, string[]>()
  for (const container of containers) {
    append(users, fullImageId(container.ImageID), listedName(container))
  }
  return {
    images: new Map(
      listed.map(({ Id, RepoTags }) => [fullImageId(Id), { references: listedNames(RepoTags) }]),
    ),
    children,
    users,
  }
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
