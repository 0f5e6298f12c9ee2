import type { Volume } from '../../preload/contract/volumes'
import { hasEveryWord } from '../search'

export const volumeFilters = ['all', 'in-use', 'unused', 'anonymous'] as const
export type VolumeFilter = (typeof volumeFilters)[number]

/** The filter with this name; what an older version remembered and is gone means all. */
export function volumeFilter(name: string | null): VolumeFilter {
  return volumeFilters.find((filter) => filter === name) ?? 'all'
}

export function passesFilter(volume: Volume, filter: VolumeFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'in-use':
      return volume.usedBy.length > 0
    case 'unused':
      return volume.usedBy.length === 0
    case 'anonymous':
      return volume.anonymous
  }
}

/** True if every word of the search is in the volume's name, driver, project, or one of its labels. */
export function matchesSearch(volume: Volume, search: string): boolean {
  const labels = Object.entries(volume.labels).map(([name, value]) => `${name}=${value}`)
  const text = [volume.id, volume.driver, volume.composeProject ?? '', ...labels].join('\n')
  return hasEveryWord(text, search)
}
