import { computed, ref } from 'vue'
import type { Network } from '../../preload/contract/networks'
import { useSettings } from '../settings/store'
import { matchesSearch, networkFilter, passesFilter, type NetworkFilter } from './filter'
import { useNetworks } from './store'

/** What the networks table shows: filter and grouping are remembered, the search is not. */
export function useNetworkList() {
  const networks = useNetworks()
  const view = useSettings().tableView('networks')
  const search = ref('')
  const selected = ref(new Set<string>())

  const filter = computed<NetworkFilter>({
    get: () => networkFilter(view.value.filter),
    set: (chosen) => (view.value = { ...view.value, filter: chosen }),
  })
  const grouped = computed({
    get: () => view.value.grouped,
    set: (chosen) => (view.value = { ...view.value, grouped: chosen }),
  })
  const found = computed(() =>
    [...networks.items.values()]
      .filter((network) => matchesSearch(network, search.value))
      .sort(ownFirst),
  )
  const rows = computed(() => found.value.filter((network) => passesFilter(network, filter.value)))
  const selectedNetworks = computed(() => rows.value.filter(({ id }) => selected.value.has(id)))

  /** Shows everything again. */
  function clearFilters(): void {
    search.value = ''
    filter.value = 'all'
  }

  return { view, search, selected, selectedNetworks, filter, grouped, found, rows, clearFilters }
}

/** Unless they are sorted otherwise: by name, and what comes with the engine last. */
function ownFirst(left: Network, right: Network): number {
  return Number(left.builtIn) - Number(right.builtIn) || left.name.localeCompare(right.name)
}
