import { computed, ref, shallowRef } from 'vue'
import { useSettings } from '../settings/store'
import { filterContainers, toFilter, type Filter } from './filter'
import { useContainers } from './store'

/** What the list shows: searched, filtered, with what is chosen in it. */
export function useContainerList() {
  const store = useContainers()
  const stored = useSettings().tableView('containers')

  const view = computed({
    get: () => ({ ...stored.value, sortBy: stored.value.sortBy ?? 'name' }),
    set: (next) => {
      stored.value = next
    },
  })
  const search = ref('')
  const filter = computed({
    get: () => toFilter(view.value.filter),
    set: (next: Filter) => {
      view.value = { ...view.value, filter: next }
    },
  })
  const grouped = computed({
    get: () => view.value.grouped,
    set: (next: boolean) => {
      view.value = { ...view.value, grouped: next }
    },
  })

  const rows = computed(() =>
    filterContainers([...store.items.values()], filter.value, search.value),
  )
  const selected = shallowRef(new Set<string>())
  const selectedContainers = computed(() => rows.value.filter(({ id }) => selected.value.has(id)))

  function showAll() {
    search.value = ''
    filter.value = 'all'
  }

  return { view, search, filter, grouped, rows, selected, selectedContainers, showAll }
}
