import { computed } from 'vue'
import type { Container } from '../../preload/contract/containers'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { useLoaded } from '../loaded'

/** What can be opened in a container; asked again when it was started anew, and not while it does not run. */
export function useWays(container: () => Pick<Container, 'id' | 'state' | 'startedAt'>) {
  const api = useApi()
  const engines = useEngines()
  const { value, problem } = useLoaded(
    () => {
      const { id, state, startedAt } = container()
      if (state !== 'running' || engines.currentId === null) return null
      return { engineId: engines.currentId, containerId: id, startedAt }
    },
    ({ engineId, containerId }, signal) =>
      api.terminals.ways({ engineId, containerId }, { signal }),
  )
  const ways = computed(() => (container().state === 'running' ? value.value : null))
  return { ways, problem }
}
