import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ContainerStats, StatsTick } from '../../preload/contract/stats'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { append, windowMillis, type Point } from './series'
import type { Figure } from './figures'
import { useStats } from './store'
import { valueOf } from './values'

export interface History {
  /** Changed in place; `version` says when. */
  points: Record<Figure, Point[]>
  limits: Record<Figure, number | null>
}

/** One container's last 15 minutes: what main has kept, then every tick as it comes. */
export function useHistory(id: string) {
  const api = useApi()
  const engines = useEngines()
  const stats = useStats()
  const history: History = {
    points: { cpu: [], memory: [] },
    limits: { cpu: null, memory: null },
  }
  const version = shallowRef(0)
  const leaving = new AbortController()
  onScopeDispose(() => leaving.abort())

  function take({ at, containers }: StatsTick) {
    const own: ContainerStats | undefined = containers.find((one) => one.id === id)
    if (!own) return
    append(history.points.cpu, at, valueOf(own, 'cpuPercent'))
    append(history.points.memory, at, valueOf(own, 'memoryBytes'))
    history.limits = {
      cpu: valueOf(own, 'cpuLimitPercent'),
      memory: valueOf(own, 'memoryLimitBytes'),
    }
    version.value++
  }

  /** Ticks that came while the history was on its way. */
  let waiting: StatsTick[] | null = []
  watch(
    () => stats.tick,
    (tick) => {
      if (!tick) return
      if (waiting) waiting.push(tick)
      else take(tick)
    },
    { flush: 'sync' },
  )

  async function load() {
    const engineId = engines.currentId
    if (engineId === null) return
    try {
      const kept = await api.stats.history(
        { engineId, id, from: Date.now() - windowMillis, to: Date.now() },
        { signal: leaving.signal },
      )
      kept.at.forEach((at, index) => {
        append(history.points.cpu, at, kept.metrics.cpuPercent?.average[index] ?? null)
        append(history.points.memory, at, kept.metrics.memoryBytes?.average[index] ?? null)
      })
      history.limits = {
        cpu: kept.metrics.cpuLimitPercent?.average.at(-1) ?? null,
        memory: kept.metrics.memoryLimitBytes?.average.at(-1) ?? null,
      }
    } catch {
      // Without what was before, the chart begins now; whether ticks come is told by the stats store.
    } finally {
      for (const tick of waiting ?? []) take(tick)
      waiting = null
      version.value++
    }
  }
  void load()

  return { history, version }
}
