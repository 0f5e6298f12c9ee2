import { computed, ref } from 'vue'
import type { Container } from '../../../preload/contract/containers'
import { useApi } from '../../api'
import { useNow } from '../../clock'
import { useEngines } from '../../engines/store'
import { useLoaded } from '../../loaded'
import { useToasts } from '../../ui/useToasts'

/** A check that runs more often is looked at this often, milliseconds. */
const SHORTEST_ROUND = 5_000

/**
 * A container's health check and what came of it: read anew when the container's health changes, after a check
 * that was asked for, and once in each of its intervals, as engines do not tell of a result that changes nothing.
 */
export function useHealth(container: () => Container) {
  const api = useApi()
  const engines = useEngines()
  const toasts = useToasts()
  const now = useNow()
  const runs = ref(0)
  const busy = ref(false)

  /** Of the check, once it is known. */
  const intervalMillis = ref<number | null>(null)

  const running = computed(() => container().state === 'running')
  /** Counts the check's intervals while it runs. */
  const round = computed(() =>
    running.value && intervalMillis.value !== null
      ? Math.floor(now.value / Math.max(SHORTEST_ROUND, intervalMillis.value))
      : 0,
  )

  const { value: history, problem } = useLoaded(
    () => {
      const { id, state, health, startedAt } = container()
      const engineId = engines.currentId
      if (engineId === null) return null
      return { engineId, id, state, health, startedAt, runs: runs.value, round: round.value }
    },
    async ({ engineId, id }, signal) => {
      const told = await api.containers.health({ engineId, id }, { signal })
      intervalMillis.value = told.check?.intervalMillis ?? null
      return told
    },
  )

  async function runNow(): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || busy.value) return
    busy.value = true
    try {
      await api.containers.checkHealth({ engineId, id: container().id })
      runs.value++
    } catch (error) {
      toasts.problem(error)
    } finally {
      busy.value = false
    }
  }

  return { history, problem, running, busy, runNow }
}
