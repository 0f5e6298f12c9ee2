import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef, watch } from 'vue'
import { useContainers } from '../containers/store'
import { useEngines } from '../engines/store'
import { seriesColours } from '../stats/useCanvasColours'
import { useStats } from '../stats/store'
import { appendMoment, momentOf, type Moment } from './moments'
import { assignSlots } from './slots'

/**
 * The last 15 minutes of the engine shown, as far as this window has seen them: it goes on while
 * another page is open.
 */
export const useDashboard = defineStore('dashboard', () => {
  const engines = useEngines()
  const containers = useContainers()
  const stats = useStats()

  /** The oldest first; changed in place. */
  const moments = shallowRef<Moment[]>([])
  const latest = computed(() => moments.value.at(-1) ?? null)

  const projectOf = (id: string) => containers.items.get(id)?.composeProject

  let slots = new Map<string, number>()
  /** Which of the series' colours each project has; it keeps it while the window is open. */
  function slotsOf(projects: readonly string[]): ReadonlyMap<string, number> {
    slots = assignSlots(slots, projects, seriesColours.length)
    return slots
  }

  watch(
    () => engines.currentId,
    () => {
      moments.value = []
      slots = new Map()
    },
    { flush: 'sync' },
  )
  watch(
    () => stats.tick,
    (tick) => {
      if (!tick) return
      appendMoment(moments.value, momentOf(tick, projectOf))
      triggerRef(moments)
    },
    { flush: 'sync', immediate: true },
  )

  return { moments, latest, projectOf, slotsOf }
})
