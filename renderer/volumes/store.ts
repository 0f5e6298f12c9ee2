import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Volume } from '../../preload/contract/volumes'
import { useApi, useLiveCollection } from '../api'
import { useEngines } from '../engines/store'

/** The volumes of the engine that is shown, live. */
export const useVolumes = defineStore('volumes', () => {
  const api = useApi()
  const engines = useEngines()
  const { items, loaded, problem } = useLiveCollection<Volume>(
    (signal, engineId) => api.volumes.watch({ engineId }, { signal }),
    () => engines.currentId,
  )
  /** Names of the groups whose rows are hidden; lives here so that it outlives the page. */
  const collapsed = shallowRef(new Set<string>())

  return { items, loaded, problem, collapsed }
})
