import { watch } from 'vue'
import { useApi } from '../api'
import type { AnchoredList } from './useAnchoredList'
import type { OpenLog } from './useOpenLog'

/**
 * Holds the place that is read when all places become others: a filter is set or lifted, earlier lines
 * come in among filtered ones, or the log is opened anew.
 */
export function useHeldPlace(log: OpenLog, list: AnchoredList) {
  const api = useApi()
  /** The line that was on top, until its new place is known. */
  let held: { number: number; offset: number } | null = null
  let asking = false

  function hold(moves: boolean): void {
    if (!moves || list.following.value || held) return
    const { place, offset } = list.top.value
    const line = nearestLine(place)
    if (line) held = { number: line.number, offset }
  }

  function nearestLine(place: number) {
    for (let next = place; next < list.drawn.value.to; next++) {
      const line = log.lineAt(next)
      if (line) return line
    }
    return undefined
  }

  const isHeld = (number: number) => held?.number === number

  async function settle(): Promise<void> {
    const state = log.state.value
    if (!held || !state || asking) return
    const { number, offset } = held
    asking = true
    const found = state.filtered
      ? await log.call((logId) => api.logs.placeOf({ logId, number }))
      : { place: number }
    asking = false
    if (!isHeld(number)) return
    // Those that pass the filter may still be looked for.
    if (!found && state.filtered?.done === false) return
    held = null
    if (found) list.putOnTop({ place: found.place, offset })
    else list.follow()
  }

  log.onBeforeView(hold)
  // Another opening numbers its lines anew.
  watch(log.logId, list.follow)
  watch(log.state, () => void settle())
  watch(list.following, (following) => {
    if (following) held = null
  })

  return { letGo: () => (held = null) }
}
