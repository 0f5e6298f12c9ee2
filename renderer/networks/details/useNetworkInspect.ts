import type { Network } from '../../../preload/contract/networks'
import { useApi } from '../../api'
import { useInspected } from '../../inspected'

/** What the engine knows about a network; the members are part of it. */
export function useNetworkInspect(network: () => Network) {
  const api = useApi()
  return useInspected(
    () => ({ id: network().id, seen: network().members }),
    (request, options) => api.networks.inspect(request, options),
  )
}
