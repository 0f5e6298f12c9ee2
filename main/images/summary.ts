import type { ImageInfo } from 'dockerode'
import type { Container } from '../../preload/contract/containers'
import type { Image } from '../../preload/contract/images'

/** What an image the engine lists looks like; names that are `<none>` are no names. `users`: see below. */
export function imageFromList(info: ImageInfo, users: ReadonlyMap<string, string[]>): Image {
  const references = listedNames(info.RepoTags)
  const id = fullImageId(info.Id)
  return {
    id,
    references,
    digests: listedNames(info.RepoDigests),
    createdAt: info.Created * 1_000,
    sizeBytes: info.Size,
    dangling: references.length === 0,
    labels: { ...(info.Labels as ImageInfo['Labels'] | null) },
    usedBy: users.get(id)?.sort() ?? [],
  }
}

/** Image ids by the containers that were made from them. */
export function usersByImage(containers: Container[]): Map<string, string[]> {
  const users = new Map<string, string[]>()
  for (const { id, imageId } of containers) {
    if (imageId === null) continue
    const ids = users.get(imageId)
    if (ids) ids.push(id)
    else users.set(imageId, [id])
  }
  return users
}

/** Podman writes some ids without their algorithm. */
export function fullImageId(raw: string): string {
  return raw.startsWith('sha256:') ? raw : `sha256:${raw}`
}

/** Names as an engine lists them; what is `<none>` is no name. */
export function listedNames(raw: string[] | null | undefined): string[] {
  return (raw ?? []).filter((name) => !name.startsWith('<none>')).sort()
}
