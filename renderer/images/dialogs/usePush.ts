import { computed, ref } from 'vue'
import type { Image } from '../../../preload/contract/images'
import { parseReference, registryHost } from '../../../preload/contract/reference'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useFollowedJob } from '../../jobs/useFollowedJob'
import { groupByRepository } from '../names'
import { useReferenceField } from '../useReferenceField'

/** The choice that stands for a name the image does not have yet. */
export const anotherName = ''

/** Pushes an image under one of its names, all of a repository, or under a new one that it is given first. */
export function usePush(image: Image) {
  const api = useApi()
  const engines = useEngines()
  const followed = useFollowedJob()
  const field = useReferenceField()

  /** Repositories in which the image has several names: these can go together. */
  const repositories = groupByRepository(image.references).filter(
    ({ versions }) => versions.length > 1,
  )
  /** A name, a repository (which no name of an image is: they have tags), or `anotherName`. */
  const chosen = ref(image.references[0] ?? anotherName)

  /** What is pushed; empty while there is nothing right to push. */
  const references = computed<string[]>(() => {
    if (chosen.value === anotherName) {
      const name = field.reference.value?.familiar
      return name === undefined ? [] : [name]
    }
    const together = repositories.find(({ repository }) => repository === chosen.value)
    if (together === undefined) return [chosen.value]
    return together.versions.map((version) => together.repository + version)
  })
  const host = computed(() => {
    const parsed = parseReference(references.value[0] ?? '')
    return parsed.ok ? registryHost(parsed.reference) : null
  })

  async function push(): Promise<void> {
    const engineId = engines.currentId
    const names = references.value
    const [name] = names
    if (engineId === null || name === undefined) return
    const isNew = chosen.value === anotherName && !image.references.includes(name)
    await followed.start(async () => {
      if (isNew) await api.images.tag({ engineId, id: image.id, reference: name })
      return api.images.push({ engineId, references: names })
    })
  }

  return { followed, repositories, chosen, field, references, host, push }
}
