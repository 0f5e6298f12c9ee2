import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Network } from '../../preload/contract/networks'
import { useApi, useLiveCollection } from '../api'
import { useEngines } from '../engines/store'

/** The networks of the engine that is shown, live. */
export const useNetworks = defineStore('networks', () => {
  const api = useApi()
  const engines = useEngines()
  const { items, loaded, problem } = useLiveCollection<Network>(
    (signal, engineId) => api.networks.watch({ engineId }, { signal }),
    () => engines.currentId,
  )
  /** Names of the groups whose rows are hidden; lives here so that it outlives the page. */
  const collapsed = shallowRef(new Set<string>())

  return { items, loaded, problem, collapsed }
})
