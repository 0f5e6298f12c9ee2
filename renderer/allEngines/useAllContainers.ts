import { computed, ref, shallowRef } from 'vue'
import { containerFilter, toFilter, type Filter } from '../containers/filter'
import { useEach } from '../each'
import { useEngines } from '../engines/store'
import { useSettings } from '../settings/store'
import { useFeed, type Row } from './feed'

/** The containers of all engines: searched, filtered, with what is chosen among them. */
export function useAllContainers() {
  const engines = useEngines()
  const stored = useSettings().tableView('all-engines')
  const feeds = useEach(() => engines.engines.map(({ id }) => id), useFeed)

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
  /** The engine whose containers alone are shown; null: of all. */
  const onlyId = ref<string | null>(null)

  const all = computed(() => [...feeds.value.values()].flatMap(({ rows }) => rows.value))
  const loaded = computed(() => [...feeds.value.values()].some((feed) => feed.loaded.value))
  const labelOf = (engineId: string) => engines.labels.get(engineId) ?? engineId
  const rows = computed(() => {
    const fits = containerFilter(filter.value, search.value)
    const only = feeds.value.has(onlyId.value ?? '') ? onlyId.value : null
    return all.value.filter(
      ({ engineId, container }) =>
        (only === null || engineId === only) && fits(container, labelOf(engineId)),
    )
  })
  const selected = shallowRef(new Set<string>())
  const selectedRows = computed((): Row[] => rows.value.filter(({ id }) => selected.value.has(id)))

  function showAll() {
    search.value = ''
    filter.value = 'all'
    onlyId.value = null
  }

  return {
    feeds,
    view,
    search,
    filter,
    grouped,
    onlyId,
    all,
    loaded,
    labelOf,
    rows,
    selected,
    selectedRows,
    showAll,
  }
}

export type AllContainers = ReturnType<typeof useAllContainers>
