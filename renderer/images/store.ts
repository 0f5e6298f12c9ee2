import { defineStore } from 'pinia'
import type { Image } from '../../preload/contract/images'
import { useApi, useLiveCollection } from '../api'
import { useEngines } from '../engines/store'

/** The images of the engine that is shown, live. */
export const useImages = defineStore('images', () => {
  const api = useApi()
  const engines = useEngines()

  return useLiveCollection<Image>(
    (signal, engineId) => api.images.watch({ engineId }, { signal }),
    () => engines.currentId,
  )
})
