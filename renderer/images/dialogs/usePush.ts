import { computed, ref } from 'vue'
import type { Image } from '../../../preload/contract/images'
import { parseReference, registryHost, type Reference } from '../../../preload/contract/reference'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useFollowedJob } from '../../jobs/useFollowedJob'
import { useReferenceField } from '../useReferenceField'

/** The choice that stands for a name the image does not have yet. */
export const anotherName = ''

/** Pushes an image under one of its names, or under a new one that it is given first. */
export function usePush(image: Image) {
  const api = useApi()
  const engines = useEngines()
  const followed = useFollowedJob()
  const chosen = ref(image.references[0] ?? anotherName)
  const field = useReferenceField()

  const reference = computed<Reference | null>(() => {
    if (chosen.value === anotherName) return field.reference.value
    const parsed = parseReference(chosen.value)
    return parsed.ok ? parsed.reference : null
  })
  const host = computed(() => (reference.value === null ? null : registryHost(reference.value)))

  async function push(): Promise<void> {
    const engineId = engines.currentId
    const name = reference.value?.familiar
    if (engineId === null || name === undefined) return
    const isNew = chosen.value === anotherName && !image.references.includes(name)
    await followed.start(async () => {
      if (isNew) await api.images.tag({ engineId, id: image.id, reference: name })
      return api.images.push({ engineId, reference: name })
    })
  }

  return { ...followed, chosen, field, reference, host, push }
}
