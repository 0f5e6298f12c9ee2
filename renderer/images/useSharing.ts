import type { LayerSharing } from '../../preload/contract/layers'
import { useApi } from '../api'

/** Asks which images of an engine have which layers: what it takes to tell what a removal frees. */
export function useSharing() {
  const api = useApi()

  return async function readSharing(
    engineId: string,
    signal: AbortSignal,
  ): Promise<LayerSharing | null> {
    for await (const message of await api.layers.sharing({ engineId }, { signal })) {
      if (message.kind === 'read') return message.sharing
    }
    return null
  }
}
