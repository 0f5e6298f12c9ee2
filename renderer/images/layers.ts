import type { ImageHistoryEntry } from '../../preload/contract/images'

/** One line of the layers tab. */
export interface LayerRow {
  /** Counted from the bottom, 1 is what the image begins with. */
  number: number
  instruction: string
  sizeBytes: number
  /** Its part of the whole image, 0 to 1. */
  share: number
  empty: boolean
  comment: string
}

/**
 * @param history the newest instruction first, as `images.history` gives it; the rows keep that order.
 */
export function layerRows(history: readonly ImageHistoryEntry[]): LayerRow[] {
  const total = history.reduce((sum, entry) => sum + entry.sizeBytes, 0)
  return history.map((entry, index) => ({
    number: history.length - index,
    instruction: entry.instruction,
    sizeBytes: entry.sizeBytes,
    share: total === 0 ? 0 : entry.sizeBytes / total,
    empty: entry.empty,
    comment: entry.comment,
  }))
}
