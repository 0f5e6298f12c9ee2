import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useApi, useLiveCollection } from '../api'
import { useEngines } from '../engines/store'

/** The containers of the engine shown, for as long as the app runs. */
export const useContainers = defineStore('containers', () => {
  const api = useApi()
  const engines = useEngines()
  const { items, loaded, problem } = useLiveCollection(
    (signal, engineId) => api.containers.watch({ engineId }, { signal }),
    () => engines.currentId,
  )

  /** Names of the groups whose rows are hidden; lives here so that it outlives the page. */
  const collapsed = shallowRef(new Set<string>())

  return { items, loaded, problem, collapsed }
})
