import { computed } from 'vue'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { plainName } from '../../images/names'
import { useImages } from '../../images/store'
import { useLoaded } from '../../loaded'

/** The image that a name means on the engine, and what it says of itself; null while it is not there. */
export function useOwnImage(name: () => string) {
  const api = useApi()
  const engines = useEngines()
  const images = useImages()

  const image = computed(() => {
    const wanted = plainName(name())
    const found = [...images.items.values()].find(
      ({ id, references }) =>
        id === wanted || references.some((reference) => plainName(reference) === wanted),
    )
    return found ?? null
  })
  const { value } = useLoaded(
    () => {
      const engineId = engines.currentId
      return engineId === null || image.value === null ? null : { engineId, id: image.value.id }
    },
    ({ engineId, id }, signal) => api.images.inspect({ engineId, id, reveal: false }, { signal }),
  )
  /** An older answer is not this image's. */
  const details = computed(() => (value.value?.id === image.value?.id ? value.value : null))
  /** A name that the engine has no image for: it is pulled first. */
  const isMissing = computed(() => images.loaded && image.value === null && name().trim() !== '')

  return { image, details, isMissing }
}
