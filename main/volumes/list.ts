import { listedName } from '../containers/summary'
import type { EngineLink } from '../engines/handshake'
import { getJson } from '../engines/getJson'
import { usersByVolume, volumeList, type ListedVolume } from './summary'

/** Every volume that the engine has. */
export async function listVolumes(link: EngineLink, signal?: AbortSignal): Promise<ListedVolume[]> {
  return volumeList.parse(await getJson(link.client, '/volumes', { signal })).Volumes ?? []
}

/** Names of the containers that have a volume among their mounts, running or not, by its name. */
export async function listUsers(
  link: EngineLink,
  signal?: AbortSignal,
): Promise<Map<string, string[]>> {
  const containers = await link.client.call(
    (docker, abortSignal) => docker.listContainers({ all: true, abortSignal }),
    { signal },
  )
  return usersByVolume(
    containers.map((container) => ({
      id: listedName(container),
      // Podman answers null for none.
      mounts: ((container.Mounts as typeof container.Mounts | null) ?? []).map((mount) => ({
        type: mount.Type,
        name: mount.Name ?? '',
      })),
    })),
  )
}
