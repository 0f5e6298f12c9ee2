import { createSharedComposable, useIntervalFn } from '@vueuse/core'
import { ref } from 'vue'

/** Now, in milliseconds, once a second: one clock for all ages on screen, stopped when none looks. */
export const useNow = createSharedComposable(() => {
  const now = ref(Date.now())
  useIntervalFn(() => {
    now.value = Date.now()
  }, 1_000)
  return now
})
