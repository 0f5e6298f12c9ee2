import { refDebounced } from '@vueuse/core'
import { computed } from 'vue'
import { useApi } from '../api'
import { useLoaded } from '../loaded'

/** How long nothing may be typed before the registry is asked, milliseconds. */
const SETTLE_MILLIS = 400

/**
 * The platforms that a name in a registry stands for; none for a single image, and while it is not known.
 *
 * @param name in full; null while what was typed is no name
 */
export function usePlatforms(name: () => string | null) {
  const api = useApi()
  const settled = refDebounced(computed(name), SETTLE_MILLIS)
  const { value } = useLoaded(
    () => (settled.value === null ? null : { from: settled.value }),
    async (asked, signal) => ({ asked, platforms: await api.copies.platforms(asked, { signal }) }),
  )
  return computed(() => (value.value?.asked.from === name() ? value.value.platforms : []))
}
