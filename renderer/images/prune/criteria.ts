import type { Image } from '../../../preload/contract/images'
import { matchesSearch } from '../filter'

export const pruneScopes = ['dangling', 'unused'] as const
export type PruneScope = (typeof pruneScopes)[number]

export interface PruneCriteria {
  /** `dangling`: without a name, so images with one are kept; `unused`: named or not. */
  scope: PruneScope
  /** Null: of any age. */
  olderThanDays: number | null
  /** Words as in the search of the page. */
  search: string
}

const dayMillis = 24 * 3_600_000

/** The images that a prune would take: never one that a container uses, running or not. */
export function prunable(
  images: Iterable<Image>,
  { scope, olderThanDays, search }: PruneCriteria,
  now: number,
): Image[] {
  const before = olderThanDays === null ? Infinity : now - olderThanDays * dayMillis
  return [...images].filter(
    (image) =>
      image.usedBy.length === 0 &&
      (scope === 'unused' || image.dangling) &&
      image.createdAt < before &&
      matchesSearch(image, search),
  )
}

/** A number of days as it is typed: null for none, undefined for what is no number of days. */
export function readDays(text: string): number | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const days = Number(trimmed.replace(',', '.'))
  return Number.isFinite(days) && days >= 0 && days <= 36_500 ? days : undefined
}
