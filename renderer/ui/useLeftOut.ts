import { computed, shallowRef } from 'vue'

/**
 * All that is shown is chosen, but for what the person took out one by one; that stays out when what is shown
 * changes.
 *
 * @param shown the ids that are shown
 */
export function useLeftOut(shown: () => readonly string[]) {
  const left = shallowRef<ReadonlySet<string>>(new Set())

  const selected = computed({
    get: () => new Set(shown().filter((id) => !left.value.has(id))),
    set: (chosen) => {
      const ids = shown()
      const others = [...left.value].filter((id) => !ids.includes(id))
      left.value = new Set([...others, ...ids.filter((id) => !chosen.has(id))])
    },
  })

  return { selected }
}
