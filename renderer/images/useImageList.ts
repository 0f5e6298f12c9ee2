import { computed, ref } from 'vue'
import { useSettings } from '../settings/store'
import { imageFilter, matchesSearch, passesFilter, type ImageFilter } from './filter'
import { useImages } from './store'

/** What the images table shows: the filter is remembered, the search is not. */
export function useImageList() {
  const images = useImages()
  const view = useSettings().tableView('images')
  const search = ref('')
  const selected = ref(new Set<string>())

  const filter = computed<ImageFilter>({
    get: () => imageFilter(view.value.filter),
    set: (chosen) => (view.value = { ...view.value, filter: chosen }),
  })
  const found = computed(() =>
    [...images.items.values()].filter((image) => matchesSearch(image, search.value)),
  )
  const rows = computed(() => found.value.filter((image) => passesFilter(image, filter.value)))
  const selectedImages = computed(() => rows.value.filter((image) => selected.value.has(image.id)))

  /** Shows everything again. */
  function clearFilters(): void {
    search.value = ''
    filter.value = 'all'
  }

  return { view, search, selected, selectedImages, filter, found, rows, clearFilters }
}
