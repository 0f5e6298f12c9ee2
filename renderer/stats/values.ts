import { figureOf, type Figure } from '../../preload/contract/figures'
import type { ContainerStats } from '../../preload/contract/stats'

/** A container's figure at a tick; null where it is not known (`figureOf`), or the container has none. */
export function valueOf(stats: ContainerStats | undefined, figure: Figure): number | null {
  return stats ? figureOf(stats.values, figure) : null
}
