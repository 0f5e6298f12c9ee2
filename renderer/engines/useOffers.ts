import { computed, ref } from 'vue'
import type { Offer } from '../../preload/contract/engines'
import { useApi } from '../api'
import { useToasts } from '../ui/useToasts'
import { useEngines } from './store'
import { useExpectedEngine } from './useExpectedEngine'

/** Engines that docker and podman know here, and that are not in the list yet. */
export function useOffers() {
  const api = useApi()
  const toasts = useToasts()
  const engines = useEngines()
  const expected = useExpectedEngine()
  /** The address that is being added. */
  const connecting = ref<string | null>(null)

  const offers = computed(() => {
    const known = new Set(
      engines.engines.flatMap(({ endpoint, settings }) => [
        endpoint,
        settings?.address ?? endpoint,
      ]),
    )
    return engines.offers.filter(({ address }) => !known.has(address))
  })

  async function connect({ name, address, tls, ssh }: Offer): Promise<void> {
    connecting.value = address
    try {
      const { engineId } = await api.engines.add({ name, address, tls, ssh })
      expected.expect(engineId)
    } catch (error) {
      toasts.problem(error)
    } finally {
      connecting.value = null
    }
  }

  return { offers, connecting, connect }
}
