import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Whether the prune dialog is open. */
export const usePruneDialog = defineStore('prune-dialog', () => {
  const open = ref(false)
  const openings = ref(0)

  function show(): void {
    openings.value++
    open.value = true
  }

  return { open, openings, show }
})
