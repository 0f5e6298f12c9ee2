import { toValue, type MaybeRefOrGetter } from 'vue'
import type { Container } from '../../../preload/contract/containers'
import { useApi } from '../../api'
import { useInspected } from '../../inspected'

/** What the engine tells about one container; asked again whenever the container changes. */
export function useInspection(container: MaybeRefOrGetter<Container>) {
  const api = useApi()
  return useInspected(
    () => ({ id: toValue(container).id, seen: toValue(container) }),
    (request, options) => api.containers.inspect(request, options),
  )
}
