import { computed, watch } from 'vue'
import { useContainers } from '../containers/store'
import { shortId } from '../format'
import { sourceColour, type LogSource } from './sources'

/** The containers of a log, by name. One that is gone is called as it was when it was last seen. */
export function useSources(ids: readonly string[]) {
  const store = useContainers()
  const seen = new Map<string, string>()
  watch(
    () => store.items,
    (items) => {
      for (const id of ids) {
        const name = items.get(id)?.name
        if (name !== undefined) seen.set(id, name)
      }
    },
    { immediate: true, flush: 'sync' },
  )
  return computed<LogSource[]>(() =>
    ids.map((id, index) => ({
      id,
      name: store.items.get(id)?.name ?? seen.get(id) ?? shortId(id),
      colour: sourceColour(index),
    })),
  )
}
