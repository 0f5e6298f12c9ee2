import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { comparableFigures, type ComparableFigure } from '../../preload/contract/figures'
import { idsInAddress, useContainerNames, useOtherContainers } from '../containers/chosen'
import { assignSlots } from '../dashboard/slots'
import { mostCompared } from './selection'

/** Which containers are compared, and by what; both stand in the address. */
export function useCompared() {
  const route = useRoute()
  const router = useRouter()
  const nameOf = useContainerNames()

  const ids = computed(() => idsInAddress(route.query.ids, mostCompared))
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

  const compared = computed(() =>
    ids.value.map((id) => ({
      id,
      name: nameOf(id),
      slot: slotOf.value.get(id) ?? 0,
    })),
  )
  const others = useOtherContainers(() => ids.value)

  return {
    ids,
    metric,
    compared,
    others,
    add: (id: string) => go({ ids: [...ids.value, id].join(',') }),
    remove: (id: string) => go({ ids: ids.value.filter((each) => each !== id).join(',') }),
  }
}
