import { defineStore } from 'pinia'
import { ref } from 'vue'
import { containerDialog } from '../containerDialog'

/** Whose limits are being changed. */
export const useLimitsDialog = defineStore('containers-limits', () => {
  /** Counts the changes made here: not every engine tells of one. */
  const changes = ref(0)
  return {
    ...containerDialog(),
    changes,
    noteChange() {
      changes.value++
    },
  }
})
