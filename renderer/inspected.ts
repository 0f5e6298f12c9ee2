import { ref } from 'vue'
import { useEngines } from './engines/store'
import { useLoaded } from './loaded'

interface InspectRequest {
  engineId: string
  id: string
  reveal: boolean
}

/**
 * What the engine knows about one thing; values that look secret are masked until `reveal` is set.
 *
 * @param thing its id, and what is seen of it here: when that changes, the engine is asked again
 */
export function useInspected<Details>(
  thing: () => { id: string; seen: unknown },
  inspect: (request: InspectRequest, options: { signal: AbortSignal }) => Promise<Details>,
) {
  const engines = useEngines()
  const reveal = ref(false)

  const { value: details, problem } = useLoaded(
    () => {
      const engineId = engines.currentId
      return engineId === null ? null : { engineId, reveal: reveal.value, ...thing() }
    },
    ({ engineId, id, reveal: shown }, signal) =>
      inspect({ engineId, id, reveal: shown }, { signal }),
  )

  return { details, problem, reveal }
}
