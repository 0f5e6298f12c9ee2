import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

export interface RegistryDialog {
  kind: 'log-in' | 'settings' | 'engine-setup' | 'browse'
  /** Empty: the person types it. */
  host: string
}

/** Which dialog of the registries page is open. It stays named while it closes. */
export const useRegistryDialogs = defineStore('registry-dialogs', () => {
  const dialog = shallowRef<RegistryDialog | null>(null)
  const open = ref(false)
  const openings = ref(0)

  function show(kind: RegistryDialog['kind'], host = ''): void {
    dialog.value = { kind, host }
    openings.value++
    open.value = true
  }

  return { dialog, open, openings, show }
})
