import type { Image } from '../../../preload/contract/images'
import { useApi } from '../../api'
import { useInspected } from '../../inspected'

/** What the engine knows about an image; the names are part of it. */
export function useImageInspect(image: () => Image) {
  const api = useApi()
  return useInspected(
    () => ({ id: image().id, seen: image().references }),
    (request, options) => api.images.inspect(request, options),
  )
}
