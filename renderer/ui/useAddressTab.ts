import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * The open tab of details; it stands in the address, so that going back shows what was looked at, and it
 * stays from one thing to the next.
 *
 * @param ids the first one is open where the address names none
 */
export function useAddressTab<Tab extends string>(
  ids: readonly [Tab, ...Tab[]],
): WritableComputedRef<Tab> {
  const route = useRoute()
  const router = useRouter()
  return computed<Tab>({
    get: () => ids.find((id) => id === route.query.tab) ?? ids[0],
    set: (tab) => void router.replace({ query: { ...route.query, tab } }),
  })
}
