import { computed, watch, type Ref } from 'vue'

/**
 * Chosen rows, as in a file manager: single ones toggle, Shift spans from the last one touched.
 * Rows that leave the table leave the selection, so that no action meets what is not shown.
 *
 * @param ids The ids of all rows that can be chosen, in the order shown.
 * @param selected Replaced, never changed in place.
 */
export function useRowSelection(ids: Readonly<Ref<readonly string[]>>, selected: Ref<Set<string>>) {
  let anchor: string | null = null

  const coverage = computed(() => coverageOf(ids.value))

  function coverageOf(some: readonly string[]): 'none' | 'some' | 'all' {
    const count = some.filter((id) => selected.value.has(id)).length
    if (count === 0) return 'none'
    return count === some.length ? 'all' : 'some'
  }

  function set(some: readonly string[], chosen: boolean) {
    const next = new Set(selected.value)
    for (const id of some) {
      if (chosen) next.add(id)
      else next.delete(id)
    }
    selected.value = next
  }

  function toggle(id: string) {
    anchor = id
    set([id], !selected.value.has(id))
  }

  /** Chooses everything between the row touched last and this one. */
  function extendTo(id: string) {
    if (anchor === null || !ids.value.includes(anchor)) anchor = id
    const from = ids.value.indexOf(anchor)
    const to = ids.value.indexOf(id)
    set(ids.value.slice(Math.min(from, to), Math.max(from, to) + 1), true)
  }

  function touch(id: string) {
    anchor = id
  }

  watch(ids, (present) => {
    if (selected.value.size === 0) return
    const there = new Set(present)
    const kept = [...selected.value].filter((id) => there.has(id))
    if (kept.length < selected.value.size) selected.value = new Set(kept)
  })

  return {
    coverage,
    coverageOf,
    set,
    toggle,
    extendTo,
    touch,
    selectAll: () => set(ids.value, true),
    clear: () => (selected.value = new Set()),
  }
}
