import { computed, shallowRef, watch } from 'vue'
import { useApi } from '../api'
import type { Span } from './scrolling'
import type { OpenLog } from './useOpenLog'

/** Hides the lines that are here so far, for whoever waits for what comes next. They are not lost. */
export function useCleared(log: OpenLog) {
  const api = useApi()
  /** The number of the first line that is not hidden, and its place among those that are shown. */
  const number = shallowRef<number | null>(null)
  const place = shallowRef<number | null>(null)

  const all = computed<Span>(() => {
    const { from, to } = log.all.value
    return { from: Math.min(to, Math.max(from, place.value ?? from)), to }
  })
  const cleared = computed(() => number.value !== null)

  function clear(): void {
    number.value = log.state.value?.end ?? null
    place.value = log.all.value.to
  }

  function showAll(): void {
    number.value = null
    place.value = null
  }

  /** What all lines are: after a filter is set or lifted the same line stands elsewhere. */
  async function findPlace(): Promise<void> {
    const [first, state] = [number.value, log.state.value]
    if (first === null || !state) return
    const found = state.filtered
      ? await log.call((logId) => api.logs.placeOf({ logId, number: first }))
      : { place: first }
    if (number.value !== first || log.state.value?.view !== state.view) return
    place.value = found?.place ?? log.all.value.to
  }

  watch(
    () => [log.state.value?.view, log.state.value?.filtered?.done],
    () => void findPlace(),
  )
  watch(log.logId, showAll)

  return { all, cleared, clear, showAll }
}
