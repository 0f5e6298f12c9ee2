import type { LayerAnalysis } from '../../preload/contract/layers'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import type { LayerStack } from './layerStack'

/** Kept at most: so many images, and what they have together (a version takes some 300 bytes). */
const MOST_IMAGES = 3
const MOST_VERSIONS = 1_000_000

export interface KeptAnalysis {
  analysis: LayerAnalysis
  stack: LayerStack
}

/**
 * The analyses that were asked for last. By image id alone: an id stands for the same files on every
 * engine. The newest is always kept.
 */
export class Analyses {
  /** The one that was used last comes last. */
  readonly #kept = new Map<string, KeptAnalysis>()

  keep(kept: KeptAnalysis): void {
    this.#use(kept)
    for (const [id, { stack }] of this.#kept) {
      const versions = [...this.#kept.values()].reduce((sum, each) => sum + each.stack.versions, 0)
      if (this.#kept.size <= MOST_IMAGES && versions <= MOST_VERSIONS) return
      if (stack !== kept.stack) this.#kept.delete(id)
    }
  }

  find(id: string): KeptAnalysis | null {
    const kept = this.#kept.get(id)
    if (!kept) return null
    this.#use(kept)
    return kept
  }

  /** @throws Failure (`not-found`) where it was not analysed, or others have been since */
  get(id: string): KeptAnalysis {
    const kept = this.find(id)
    if (kept) return kept
    throw new Failure(
      'not-found',
      say`What is in the layers of this image is not known any more.`,
      {
        hint: say`Analyse the image again.`,
      },
    )
  }

  #use(kept: KeptAnalysis): void {
    this.#kept.delete(kept.analysis.id)
    this.#kept.set(kept.analysis.id, kept)
  }
}
