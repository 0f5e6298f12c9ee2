import { computed, watch } from 'vue'
import type { LocationQueryValue } from 'vue-router'
import { containerId } from '../../preload/contract/base'
import { shortId } from '../format'
import { useContainers } from './store'

/** The containers that an address names, `ids=…,…`: each once, and nothing that is no container's id. */
export function idsInAddress(
  ids: LocationQueryValue | LocationQueryValue[] | undefined,
  most: number,
): string[] {
  const asked = new Set(String(ids ?? '').split(','))
  return [...asked].filter((id) => containerId.safeParse(id).success).slice(0, most)
}

/** What containers are called. One that is gone is called as it was when it was last seen, or by its id. */
export function useContainerNames(): (id: string) => string {
  const store = useContainers()
  const seen = new Map<string, string>()
  watch(
    () => store.items,
    (items) => items.forEach(({ id, name }) => seen.set(id, name)),
    { immediate: true, flush: 'sync' },
  )
  return (id) => store.items.get(id)?.name ?? seen.get(id) ?? shortId(id)
}

/** The containers that could be added to these, by name. */
export function useOtherContainers(ids: () => readonly string[]) {
  const store = useContainers()
  return computed(() =>
    [...store.items.values()]
      .filter(({ id }) => !ids().includes(id))
      .sort((a, b) => a.name.localeCompare(b.name)),
  )
}
