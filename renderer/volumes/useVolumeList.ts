import { computed, ref } from 'vue'
import { useSettings } from '../settings/store'
import { matchesSearch, passesFilter, volumeFilter, type VolumeFilter } from './filter'
import { useVolumes } from './store'

/** What the volumes table shows: filter and grouping are remembered, the search is not. */
export function useVolumeList() {
  const volumes = useVolumes()
  const view = useSettings().tableView('volumes')
  const search = ref('')
  const selected = ref(new Set<string>())

  const filter = computed<VolumeFilter>({
    get: () => volumeFilter(view.value.filter),
    set: (chosen) => (view.value = { ...view.value, filter: chosen }),
  })
  const grouped = computed({
    get: () => view.value.grouped,
    set: (chosen) => (view.value = { ...view.value, grouped: chosen }),
  })
  /** Engines list them in no order: those with a name come first. */
  const found = computed(() =>
    [...volumes.items.values()]
      .filter((volume) => matchesSearch(volume, search.value))
      .sort((a, b) => Number(a.anonymous) - Number(b.anonymous) || (a.id < b.id ? -1 : 1)),
  )
  const rows = computed(() => found.value.filter((volume) => passesFilter(volume, filter.value)))
  const selectedVolumes = computed(() => rows.value.filter(({ id }) => selected.value.has(id)))

  /** Shows everything again. */
  function clearFilters(): void {
    search.value = ''
    filter.value = 'all'
  }

  return { view, search, selected, selectedVolumes, filter, grouped, found, rows, clearFilters }
}
