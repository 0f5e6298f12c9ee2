import { shallowRef } from 'vue'
import type { LayerSharing } from '../../../preload/contract/layers'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useImages } from '../../images/store'
import { useLoaded } from '../../loaded'

/** How many images are read, while they are. */
export interface Reading {
  images: number
  totalImages: number
}

/** Which images stand on which layers, read anew whenever images come or go. */
export function useSharingMap() {
  const api = useApi()
  const engines = useEngines()
  const images = useImages()
  const reading = shallowRef<Reading | null>(null)

  const { value: sharing, problem } = useLoaded(
    () => {
      const engineId = engines.currentId
      if (engineId === null || !images.loaded) return null
      return { engineId, ids: [...images.items.keys()].sort() }
    },
    async ({ engineId }, signal): Promise<LayerSharing | null> => {
      try {
        for await (const message of await api.layers.sharing({ engineId }, { signal })) {
          if (message.kind === 'read') return message.sharing
          reading.value = message
        }
        return null
      } finally {
        reading.value = null
      }
    },
  )

  return { sharing, reading, problem }
}
