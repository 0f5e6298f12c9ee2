import type { Outcomes } from '../preload/contract/base'
import { toProblem } from './errors'

/** How many items are acted on at once. */
const concurrency = 8

/**
 * Acts on several items: every one is tried, each reports for itself.
 *
 * @param act - resolves with false where nothing had to be done
 */
export async function forEachItem(
  ids: string[],
  act: (id: string) => Promise<boolean>,
): Promise<Outcomes> {
  const outcomes: Outcomes['outcomes'] = []
  const waiting = [...new Set(ids)].entries()
  const work = async () => {
    for (const [index, id] of waiting) {
      try {
        outcomes[index] = { id, changed: await act(id) }
      } catch (error) {
        outcomes[index] = { id, changed: false, problem: toProblem(error) }
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  return { outcomes }
}
