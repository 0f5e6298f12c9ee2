import { z } from 'zod'
import type { Container } from '../../preload/contract/containers'
import type { Volume, VolumeSize } from '../../preload/contract/volumes'
import { composeProjectOf } from '../containers/summary'
import { isUnnamed } from './unnamed'

/** A volume in an engine's answer; engines write null for no labels and no options. */
export const listedVolume = z.looseObject({
  Name: z.string(),
  Driver: z.string().nullish(),
  Mountpoint: z.string().nullish(),
  CreatedAt: z.string().nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
  Options: z.record(z.string(), z.string()).nullish(),
  Scope: z.string().nullish(),
})
export type ListedVolume = z.infer<typeof listedVolume>

/** The answer of `GET /volumes`: null for none. */
export const volumeList = z.object({ Volumes: z.array(listedVolume).nullish() })

/** Docker marks volumes that nobody named from version 23 on. */
const ANONYMOUS_LABEL = 'com.docker.volume.anonymous'

/** A row out of an engine's list, with what the list does not tell. */
export function volumeFromList(
  listed: ListedVolume,
  { usedBy, size }: { usedBy: readonly string[]; size: VolumeSize | null },
): Volume {
  const labels = { ...listed.Labels }
  return {
    id: listed.Name,
    driver: listed.Driver ?? '',
    mountpoint: listed.Mountpoint ?? '',
    // Docker before 23 tells when the volume's folder changed last.
    createdAt: Date.parse(listed.CreatedAt ?? '') || 0,
    labels,
    options: { ...listed.Options },
    scope: listed.Scope ?? '',
    anonymous: isAnonymous(listed.Name, labels),
    composeProject: composeProjectOf(labels),
    usedBy: [...usedBy].sort(),
    size,
  }
}

export function isAnonymous(name: string, labels: Record<string, string>): boolean {
  return ANONYMOUS_LABEL in labels || isUnnamed(name)
}

/** The containers, by id or by what else is given as that, that have a volume among their mounts, by its name. */
export function usersByVolume(
  containers: readonly {
    id: string
    mounts: readonly Pick<Container['mounts'][number], 'type' | 'name'>[]
  }[],
): Map<string, string[]> {
  const users = new Map<string, string[]>()
  for (const { id, mounts } of containers) {
    const names = mounts.filter(({ type }) => type === 'volume').map(({ name }) => name)
    // A container may have one volume in several places.
    for (const name of new Set(names)) {
      const ids = users.get(name)
      if (ids) ids.push(id)
      else users.set(name, [id])
    }
  }
  return users
}
