import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

export interface Openable<Shown> {
  /** What was opened last. It stays while it closes, so that its words do not vanish first. */
  shown: ShallowRef<Shown | null>
  open: Ref<boolean>
  /** Counts: by it as a key each opening is made anew, and nothing of the last one is left in it. */
  openings: Ref<number>
  show: (next: Shown) => void
}

/** What the store of a dialog holds. */
export function openable<Shown>(): Openable<Shown> {
  const shown: ShallowRef<Shown | null> = shallowRef(null)
  const open = ref(false)
  const openings = ref(0)
  return {
    shown,
    open,
    openings,
    show(next) {
      shown.value = next
      openings.value++
      open.value = true
    },
  }
}
