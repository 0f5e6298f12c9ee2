import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Container } from '../../../preload/contract/containers'

/** Whose limits are being changed; the dialog stands once on the page. */
export const useLimitsDialog = defineStore('containers-limits', () => {
  const container = shallowRef<Container | null>(null)
  /** Counts the changes made here: not every engine tells of one. */
  const changes = ref(0)
  return {
    container,
    changes,
    open(chosen: Container) {
      container.value = chosen
    },
    close() {
      container.value = null
    },
    noteChange() {
      changes.value++
    },
  }
})
