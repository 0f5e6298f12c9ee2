import { useDocumentVisibility } from '@vueuse/core'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ContainerStats, StatsTick } from '../../preload/contract/stats'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { useLiveStream } from '../live'
import { createRing, push, type Ring } from './ring'
import { valueOf } from './values'

interface Rings {
  cpu: Ring
  memory: Ring
}

/**
 * The figures of all running containers of the engine shown: one stream for rows and charts alike.
 * While the page is hidden there is none, so that main may sample less often.
 */
export const useStats = defineStore('stats', () => {
  const api = useApi()
  const engines = useEngines()
  const visibility = useDocumentVisibility()
  /** What came last. Watch it with `flush: 'sync'` to see every tick. */
  const tick = shallowRef<StatsTick | null>(null)
  const latest = shallowRef<ReadonlyMap<string, ContainerStats>>(new Map())
  let rings = new Map<string, Rings>()
  let shownEngine = engines.currentId

  const { problem } = useLiveStream<StatsTick>({
    subscribe(signal, engineId) {
      // Every stream begins with the last minute.
      rings = new Map()
      return api.stats.watch({ engineId }, { signal })
    },
    of: () => (visibility.value === 'hidden' ? null : engines.currentId),
    receive(message) {
      rings = extendRings(rings, message)
      latest.value = new Map(message.containers.map((one) => [one.id, one]))
      tick.value = message
    },
    reset() {
      // What was seen before the page was hidden stays until it is measured anew.
      if (engines.currentId === shownEngine) return
      shownEngine = engines.currentId
      rings = new Map()
      latest.value = new Map()
      tick.value = null
    },
  })

  /** A container's last minute; changes with every `tick`. */
  function ringsOf(id: string): Rings | undefined {
    return rings.get(id)
  }

  return { tick, latest, problem, ringsOf }
})

/** The rings after a tick: a container that does not run any more has none. */
function extendRings(before: ReadonlyMap<string, Rings>, message: StatsTick): Map<string, Rings> {
  const after = new Map<string, Rings>()
  for (const stats of message.containers) {
    const own = before.get(stats.id) ?? { cpu: createRing(), memory: createRing() }
    push(own.cpu, valueOf(stats, 'cpuPercent'))
    push(own.memory, valueOf(stats, 'memoryBytes'))
    after.set(stats.id, own)
  }
  return after
}
