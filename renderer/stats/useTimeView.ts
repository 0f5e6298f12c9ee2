import { computed, shallowRef, watch } from 'vue'
import type { StatsRange } from '../../preload/contract/settings'
import { useSettings } from '../settings/store'
import { useStats } from './store'
import {
  followedMillis,
  panned,
  rangeMillis,
  reloadMillis,
  scaled,
  withinHistory,
  type Span,
} from './timeView'

export type TimeView = ReturnType<typeof useTimeView>

/**
 * Which time the charts of a page show: the latest of a range that is remembered, or a stretch that
 * the person zoomed to.
 */
export function useTimeView() {
  const settings = useSettings()
  const stats = useStats()
  const zoomed = shallowRef<Span | null>(null)

  const range = computed({
    get: () => settings.values.statsRange,
    set: (next: StatsRange) => {
      zoomed.value = null
      settings.change({ statsRange: next })
    },
  })
  const live = computed(() => zoomed.value === null)
  /** The charts grow by every tick; otherwise they are read anew when `span` changes. */
  const followed = computed(() => live.value && rangeMillis[range.value] <= followedMillis)

  /** On main's clock, not this machine's, which may be another. */
  const latest = () => stats.tick?.at ?? Date.now()
  /** The right edge of what is live. */
  const edge = shallowRef(latest())
  watch(
    () => stats.tick,
    (tick) => {
      if (!tick) return
      const passed = tick.at - edge.value
      const due = reloadMillis(rangeMillis[range.value])
      // A stream begins with ticks of the last minutes; what is longer ago was a clock set back.
      if (followed.value || passed >= due || passed < -followedMillis) edge.value = tick.at
    },
    { flush: 'sync' },
  )
  watch([range, live], () => (edge.value = latest()), { flush: 'sync' })

  const span = computed<Span>(
    () => zoomed.value ?? { from: edge.value - rangeMillis[range.value], to: edge.value },
  )

  function zoomTo(next: Span) {
    zoomed.value = withinHistory(next, latest())
  }

  return {
    range,
    live,
    followed,
    span,
    zoomTo,
    pan: (share: number) => zoomTo(panned(span.value, share)),
    scale: (factor: number) => zoomTo(scaled(span.value, factor)),
    backToLive() {
      zoomed.value = null
    },
  }
}
