import { shallowRef, watch, type Ref } from 'vue'

/** What moves rows about may do so this often. */
export const calmMillis = 3_000

interface Calm {
  /** While this is true, nothing changes but `anew`: the pointer is over the rows. */
  held?: Readonly<Ref<boolean>>
  /** When this changes, the value is taken at once: the person asked for it, or there was none. */
  anew?: () => unknown
}

/**
 * Follows a value that changes every second, but calmly: for the order of rows, which people want to
 * click on.
 */
export function useCalm<Value>(source: () => Value, { held, anew }: Calm = {}) {
  const calm = shallowRef(source())
  let takenAt = Date.now()

  function take() {
    calm.value = source()
    takenAt = Date.now()
  }

  watch([source, () => held?.value === true], ([, isHeld]) => {
    // Ticks come about every second: half of one early is not too early.
    if (!isHeld && Math.abs(Date.now() - takenAt) >= calmMillis - 500) take()
  })
  watch(() => anew?.(), take)
  return calm
}
