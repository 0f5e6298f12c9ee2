import type { Volume } from '../../../preload/contract/volumes'
import { useApi } from '../../api'
import { useInspected } from '../../inspected'

/** What the engine knows about a volume; another one may get its name. */
export function useVolumeInspect(volume: () => Volume) {
  const api = useApi()
  return useInspected(
    () => ({ id: volume().id, seen: volume().createdAt }),
    (request, options) => api.volumes.inspect(request, options),
  )
}
