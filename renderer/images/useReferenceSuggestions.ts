import { computed } from 'vue'
import { useJobs } from '../jobs/store'
import { useImages } from './store'
import { namesOfImages, namesOfJobs, suggest } from './suggestions'

/** Names that fit what is being typed: of images here, and of earlier pulls and pushes. */
export function useReferenceSuggestions(typed: () => string) {
  const images = useImages()
  const jobs = useJobs()

  return computed(() =>
    suggest(typed(), [...namesOfImages(images.items.values()), ...namesOfJobs(jobs.list)]),
  )
}
