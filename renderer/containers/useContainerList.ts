import { computed, shallowRef } from 'vue'
import { filterContainers } from './filter'
import { useContainers } from './store'
import { useListView } from './useListView'

/** What the list shows: searched, filtered, with what is chosen in it. */
export function useContainerList() {
  const store = useContainers()
  const { view, search, filter, grouped, showAll } = useListView('containers')

  const rows = computed(() =>
    filterContainers([...store.items.values()], filter.value, search.value),
  )
  const selected = shallowRef(new Set<string>())
  const selectedContainers = computed(() => rows.value.filter(({ id }) => selected.value.has(id)))

  return { view, search, filter, grouped, rows, selected, selectedContainers, showAll }
}
