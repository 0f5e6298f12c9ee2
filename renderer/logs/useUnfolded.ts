import { shallowRef } from 'vue'

/** Lines that are laid out in full, by their number, which no filter changes. */
export function useUnfolded() {
  const unfolded = shallowRef<ReadonlySet<number>>(new Set())

  function toggle(number: number): void {
    const next = new Set(unfolded.value)
    if (!next.delete(number)) next.add(number)
    unfolded.value = next
  }

  return { unfolded, toggle }
}
