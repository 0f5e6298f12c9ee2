import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Attempt, Engine, EnginesMessage, Offer } from '../../preload/contract/engines'
import { useApi } from '../api'
import { useLiveStream } from '../live'
import { useSettings } from '../settings/store'
import { engineLabels } from './labels'
import { pickEngine } from './pick'

/** The engines that main knows, and the one that the pages show. */
export const useEngines = defineStore('engines', () => {
  const api = useApi()
  const settings = useSettings()
  const engines = shallowRef<readonly Engine[]>([])
  const attempts = shallowRef<readonly Attempt[]>([])
  const offers = shallowRef<readonly Offer[]>([])
  const searching = shallowRef(true)
  const loaded = shallowRef(false)
  const shownId = shallowRef<string | null>(null)

  const current = computed(() => pickEngine(engines.value, settings.values.engineId, shownId.value))
  const currentId = computed(() => current.value?.id ?? null)
  /** What each is called where several stand together, by id. */
  const labels = computed(() => engineLabels(engines.value))

  const { problem } = useLiveStream<EnginesMessage>({
    subscribe: (signal) => api.engines.watch(undefined, { signal }),
    receive(message) {
      engines.value = message.engines
      attempts.value = message.attempts
      offers.value = message.offers
      searching.value = message.searching
      loaded.value = true
      shownId.value = currentId.value
    },
  })

  /** Shows another engine, and remembers it for the next run. */
  function select(id: string): void {
    shownId.value = id
    settings.change({ engineId: id })
  }

  return {
    engines,
    attempts,
    offers,
    searching,
    loaded,
    problem,
    current,
    currentId,
    labels,
    select,
  }
})
