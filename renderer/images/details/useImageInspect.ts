import { ref } from 'vue'
import type { Image } from '../../../preload/contract/images'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useLoaded } from '../../loaded'

/** What the engine knows about an image; values that look secret are masked until `reveal` is set. */
export function useImageInspect(image: () => Image) {
  const api = useApi()
  const engines = useEngines()
  const reveal = ref(false)

  const { value: details, problem } = useLoaded(
    () => {
      const engineId = engines.currentId
      // The names are part of the answer, so other names ask again.
      const { id, references } = image()
      return engineId === null ? null : { engineId, id, reveal: reveal.value, references }
    },
    ({ engineId, id, reveal: shown }, signal) =>
      api.images.inspect({ engineId, id, reveal: shown }, { signal }),
  )

  return { details, problem, reveal }
}
