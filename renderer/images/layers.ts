import type { ImageStep } from '../../preload/contract/layers'

/** One line of the layers tab. */
export interface LayerRow {
  /** Counted from the bottom, 1 is what the image begins with. */
  number: number
  step: ImageStep
  /** Its part of the whole image, 0 to 1. */
  share: number
}

/** @param steps the lowest first, as `layers.ofImage` gives them; the rows keep that order. */
export function layerRows(steps: readonly ImageStep[]): LayerRow[] {
  const total = steps.reduce((sum, { layer }) => sum + (layer?.sizeBytes ?? 0), 0)
  return steps.map((step, index) => ({
    number: index + 1,
    step,
    share: total === 0 ? 0 : (step.layer?.sizeBytes ?? 0) / total,
  }))
}
