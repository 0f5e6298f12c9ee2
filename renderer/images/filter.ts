import type { Image } from '../../preload/contract/images'
import { hasEveryWord } from '../search'

export const imageFilters = ['all', 'in-use', 'unused', 'dangling'] as const
export type ImageFilter = (typeof imageFilters)[number]

/** The filter with this name; what an older version remembered and is gone means all. */
export function imageFilter(name: string | null): ImageFilter {
  return imageFilters.find((filter) => filter === name) ?? 'all'
}

export function passesFilter(image: Image, filter: ImageFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'in-use':
      return image.usedBy.length > 0
    case 'unused':
      return image.usedBy.length === 0
    case 'dangling':
      return image.dangling
  }
}

/** True if every word of the search is in one of the image's names, its digests or its id. */
export function matchesSearch(image: Image, search: string): boolean {
  const text = [...image.references, ...image.digests, image.id].join('\n')
  return hasEveryWord(text, search)
}
