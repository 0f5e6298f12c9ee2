import { computed, watch } from 'vue'
import { useApi } from '../api'
import type { AnchoredList } from './useAnchoredList'
import type { OpenLog } from './useOpenLog'

/** What the log held before the lines that were read first: it is read once someone wants it. */
export function useEarlier(log: OpenLog, list: AnchoredList) {
  const api = useApi()
  /** What is done once it is there, as long as the person waits at the same place. */
  let wish: { then: () => unknown; place: number } | null = null

  const earlier = computed(() => log.state.value?.earlier ?? null)
  const state = computed(() => earlier.value?.state ?? null)
  const unread = computed(() => state.value === 'unread' || state.value === 'failed')

  /** Begins to read it, if that was not done; the place that is read stays where it is. */
  async function read(): Promise<void> {
    if (unread.value) await log.call((logId) => api.logs.readEarlier({ logId }))
  }

  /** Does something that wants all lines: once they are there, if they are not. */
  async function withAll(then: () => unknown): Promise<void> {
    if (state.value === 'read') {
      then()
      return
    }
    wish = { then, place: list.top.value.place }
    await read()
  }

  async function stop(): Promise<void> {
    wish = null
    await log.call((logId) => api.logs.stopEarlier({ logId }))
  }

  watch(state, (now) => {
    const waited = wish
    if (now === 'reading') return
    wish = null
    if (now === 'read') waited?.then()
  })
  watch(
    () => list.top.value.place,
    (place) => {
      if (place !== wish?.place) wish = null
    },
  )

  return { earlier, unread, read, withAll, stop }
}

export type Earlier = ReturnType<typeof useEarlier>
