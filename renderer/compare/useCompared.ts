import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { comparableFigures, type ComparableFigure } from '../../preload/contract/figures'
import { useContainers } from '../containers/store'
import { assignSlots } from '../dashboard/slots'
import { shortId } from '../format'
import { mostCompared } from './selection'

const fullId = /^[a-f0-9]{64}$/

/** Which containers are compared, and by what; both stand in the address. */
export function useCompared() {
  const route = useRoute()
  const router = useRouter()
  const store = useContainers()

  const ids = computed(() => {
    const asked = String(route.query.ids ?? '').split(',')
    return [...new Set(asked)].filter((id) => fullId.test(id)).slice(0, mostCompared)
  })
  const metric = computed({
    get: () => comparableFigures.find((each) => each === route.query.metric) ?? 'cpuPercent',
    set: (next: ComparableFigure) => go({ metric: next }),
  })

  function go(change: { metric?: ComparableFigure; ids?: string }) {
    void router.replace({ query: { ...route.query, ...change } })
  }

  let slots: ReadonlyMap<string, number> = new Map()
  /** A container keeps its colour while others come and go. */
  const slotOf = computed(() => (slots = assignSlots(slots, ids.value, mostCompared)))

  /** A container that is gone is called by its id, unless it was seen before. */
  const seen = new Map<string, string>()
  watch(
    () => store.items,
    (items) => items.forEach(({ id, name }) => seen.set(id, name)),
    { immediate: true, flush: 'sync' },
  )
  const compared = computed(() =>
    ids.value.map((id) => ({
      id,
      name: store.items.get(id)?.name ?? seen.get(id) ?? shortId(id),
      slot: slotOf.value.get(id) ?? 0,
    })),
  )
  /** The containers that could be added, by name. */
  const others = computed(() =>
    [...store.items.values()]
      .filter(({ id }) => !ids.value.includes(id))
      .sort((a, b) => a.name.localeCompare(b.name)),
  )

  return {
    ids,
    metric,
    compared,
    others,
    add: (id: string) => go({ ids: [...ids.value, id].join(',') }),
    remove: (id: string) => go({ ids: ids.value.filter((each) => each !== id).join(',') }),
  }
}
