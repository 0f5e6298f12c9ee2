import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The dialog that copies an image between registries; any page may open it. */
export const useCopyDialog = defineStore('copy-dialog', () => {
  const open = ref(false)
  const from = ref('')
  const openings = ref(0)

  /** @param reference where to copy from; empty: the person types it */
  function show(reference = ''): void {
    from.value = reference
    openings.value++
    open.value = true
  }

  return { open, from, openings, show }
})
