import { computed, ref } from 'vue'
import { useSettings } from '../settings/store'
import { toFilter, type Filter } from './filter'

/**
 * How a list of containers is looked at: what is searched in it, and the rest, which is remembered.
 *
 * @param table what its view is remembered by
 */
export function useListView(table: string) {
  const stored = useSettings().tableView(table)

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

  function showAll() {
    search.value = ''
    filter.value = 'all'
  }

  return { view, search, filter, grouped, showAll }
}
