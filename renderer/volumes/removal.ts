import type { Container } from '../../preload/contract/containers'
import type { Volume } from '../../preload/contract/volumes'
import { containerName } from '../containers/users/containerName'
import { takenTogether } from './names'

/** What removing some volumes takes, and what stays, for the question before it is done. */
export interface VolumeRemoval {
  /** The volumes that no container uses. */
  going: Volume[]
  /** What they take, as far as it is measured, and how many are not. */
  bytes: number
  unmeasured: number
  /** The volumes that containers use, running or not, with the names of those. */
  staying: { volume: Volume; users: string[] }[]
}

export function planVolumeRemoval(
  volumes: readonly Volume[],
  containers: ReadonlyMap<string, Pick<Container, 'name'>>,
): VolumeRemoval {
  const going = volumes.filter(({ usedBy }) => usedBy.length === 0)
  return {
    going,
    ...takenTogether(going),
    staying: volumes
      .filter(({ usedBy }) => usedBy.length > 0)
      .map((volume) => ({
        volume,
        users: volume.usedBy.map((id) => containerName(id, containers)),
      })),
  }
}
