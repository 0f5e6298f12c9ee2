import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useLoaded } from '../../loaded'

/**
 * What a container may use, as it is in force.
 *
 * @param again Read once more whenever this changes (compared as JSON).
 */
export function useContainerLimits(id: () => string, again: () => unknown) {
  const api = useApi()
  const engines = useEngines()
  const { value: limits, problem } = useLoaded(
    () => {
      const engineId = engines.currentId
      return engineId === null ? null : { engineId, id: id(), again: again() }
    },
    (asked, signal) =>
      api.containers.limits({ engineId: asked.engineId, id: asked.id }, { signal }),
  )
  return { limits, problem }
}
