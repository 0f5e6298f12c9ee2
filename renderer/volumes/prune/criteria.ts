import type { Volume } from '../../../preload/contract/volumes'
import { matchesSearch } from '../filter'

export const volumePruneScopes = ['anonymous', 'unused'] as const
export type VolumePruneScope = (typeof volumePruneScopes)[number]

export interface VolumePruneCriteria {
  /** `anonymous`: only those that nobody named, as the engine's own prune; `unused`: named or not. */
  scope: VolumePruneScope
  /** Words as in the search of the page: names, drivers, projects, `label=value`. */
  search: string
}

/** The volumes that a prune would take: never one that a container uses, running or not. */
export function prunableVolumes(
  volumes: Iterable<Volume>,
  { scope, search }: VolumePruneCriteria,
): Volume[] {
  return [...volumes].filter(
    (volume) =>
      volume.usedBy.length === 0 &&
      (scope === 'unused' || volume.anonymous) &&
      matchesSearch(volume, search),
  )
}
