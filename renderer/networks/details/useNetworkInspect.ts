import { ref } from 'vue'
import type { Network } from '../../../preload/contract/networks'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useLoaded } from '../../loaded'

/** What the engine knows about a network; values that look secret are masked until `reveal` is set. */
export function useNetworkInspect(network: () => Network) {
  const api = useApi()
  const engines = useEngines()
  const reveal = ref(false)

  const { value: details, problem } = useLoaded(
    () => {
      const engineId = engines.currentId
      // The members are part of the answer, so others ask again.
      const { id, members } = network()
      return engineId === null ? null : { engineId, id, reveal: reveal.value, members }
    },
    ({ engineId, id, reveal: shown }, signal) =>
      api.networks.inspect({ engineId, id, reveal: shown }, { signal }),
  )

  return { details, problem, reveal }
}
