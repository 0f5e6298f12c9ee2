import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { BuildForm } from '../../preload/contract/builds'

/** Whether the build dialog is open, and what it began with. */
export const useBuildDialog = defineStore('build-dialog', () => {
  const open = ref(false)
  const openings = ref(0)
  /** What stands in it at first; null: what was built last. */
  const initial = shallowRef<BuildForm | null>(null)

  function show(form: BuildForm | null = null): void {
    initial.value = form
    openings.value++
    open.value = true
  }

  return { open, openings, initial, show }
})
