import { computed, ref, shallowRef } from 'vue'
import { containerFilter } from '../containers/filter'
import { useListView } from '../containers/useListView'
import { useEach } from '../each'
import { useEngines } from '../engines/store'
import { useFeed, type Row } from './feed'

/** The containers of all engines: searched, filtered, with what is chosen among them. */
export function useAllContainers() {
  const engines = useEngines()
  const listView = useListView('all-engines')
  const { search, filter } = listView
  const feeds = useEach(() => engines.engines.map(({ id }) => id), useFeed)

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
    listView.showAll()
    onlyId.value = null
  }

  return {
    ...listView,
    ...{ feeds, onlyId, all, loaded, labelOf, rows, selected, selectedRows },
    showAll,
  }
}

export type AllContainers = ReturnType<typeof useAllContainers>
