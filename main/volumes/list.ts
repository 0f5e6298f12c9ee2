import { listedName } from '../containers/summary'
import type { EngineLink } from '../engines/handshake'
import { getJson } from '../engines/getJson'
import { volumeList, type ListedVolume } from './summary'

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
  const users = new Map<string, string[]>()
  for (const container of containers) {
    const name = listedName(container)
    // Podman answers null for none.
    const mounts = container.Mounts as typeof container.Mounts | null
    const volumes = (mounts ?? []).filter(({ Type }) => Type === 'volume')
    for (const volume of new Set(volumes.map((mount) => mount.Name))) {
      if (volume === undefined) continue
      const names = users.get(volume)
      if (names) names.push(name)
      else users.set(volume, [name])
    }
  }
  return users
}
