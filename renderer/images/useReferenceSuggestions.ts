import { refDebounced } from '@vueuse/core'
import { computed } from 'vue'
import { useApi } from '../api'
import { useJobs } from '../jobs/store'
import { useLoaded } from '../loaded'
import { useImages } from './store'
import { namesOfImages, namesOfJobs, questionOf, suggest } from './suggestions'

/** How long nothing may be typed before a registry is asked, milliseconds. */
const SETTLE_MILLIS = 300

/**
 * Names that fit what is being typed: of images here, of earlier pulls and pushes, and, once a registry is
 * named, what that has. A registry that does not answer offers nothing: the name can be typed all the same.
 */
export function useReferenceSuggestions(typed: () => string) {
  const api = useApi()
  const images = useImages()
  const jobs = useJobs()
  const settled = refDebounced(computed(typed), SETTLE_MILLIS)

  const { value: offered } = useLoaded(
    () => questionOf(settled.value),
    async (question, signal) => {
      const { host } = question
      const shown = host === 'docker.io' ? '' : `${host}/`
      if (question.kind === 'repositories') {
        const { names } = await api.registries.catalog({ host, after: null }, { signal })
        return names.map((name) => shown + name)
      }
      const { repository } = question
      const { names } = await api.registries.tags({ host, repository, after: null }, { signal })
      return names.map((tag) => `${shown}${repository.replace(/^library\//, '')}:${tag}`)
    },
  )

  return computed(() =>
    suggest(typed(), [
      ...namesOfImages(images.items.values()),
      ...namesOfJobs(jobs.list),
      ...(offered.value ?? []),
    ]),
  )
}
