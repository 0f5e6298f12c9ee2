import { ref } from 'vue'
import type { Volume } from '../../../preload/contract/volumes'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useLoaded } from '../../loaded'

/** What the engine knows about a volume; values that look secret are masked until `reveal` is set. */
export function useVolumeInspect(volume: () => Volume) {
  const api = useApi()
  const engines = useEngines()
  const reveal = ref(false)

  const { value: details, problem } = useLoaded(
    () => {
      const engineId = engines.currentId
      const { id, createdAt } = volume()
      return engineId === null ? null : { engineId, id, reveal: reveal.value, createdAt }
    },
    ({ engineId, id, reveal: shown }, signal) =>
      api.volumes.inspect({ engineId, id, reveal: shown }, { signal }),
  )

  return { details, problem, reveal }
}
