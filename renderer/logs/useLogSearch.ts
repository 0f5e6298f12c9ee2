import { shallowRef, watch } from 'vue'
import { useApi } from '../api'
import type { AnchoredList } from './useAnchoredList'
import type { LogLook } from './useLogLook'
import type { OpenLog } from './useOpenLog'

/**
 * Walks from match to match, round and round.
 *
 * @param reach Sees to it that a place is shown.
 */
export function useLogSearch(
  log: OpenLog,
  list: AnchoredList,
  { pattern, searching }: LogLook,
  reach: (place: number) => void,
) {
  const api = useApi()
  /** The match that was come to last, and which one it is, from 0. */
  const found = shallowRef<{ place: number; index: number } | null>(null)
  let walks = 0

  function startOf(direction: 'before' | 'after'): number {
    if (found.value) return found.value.place + (direction === 'after' ? 1 : -1)
    return direction === 'after' ? list.top.value.place : log.all.value.to - 1
  }

  async function walk(direction: 'before' | 'after'): Promise<void> {
    if (!searching.value) return
    const walked = ++walks
    const from = startOf(direction)
    const match = await log.call((logId) => api.logs.nextMatch({ logId, from, direction }))
    if (walked !== walks || !match) return
    found.value = match
    reach(match.place)
    list.stop()
    list.reveal(match.place)
  }

  function forget(): void {
    walks++
    found.value = null
  }

  watch(pattern, forget)
  log.onBeforeView(forget)

  return { found, walk }
}
