import { defineStore } from 'pinia'
import { openable } from '../ui/openable'

export interface RegistryDialog {
  kind: 'log-in' | 'settings' | 'engine-setup' | 'browse'
  /** Empty: the person types it. */
  host: string
}

/** Which dialog of the registries page is open. */
export const useRegistryDialogs = defineStore('registry-dialogs', () => {
  const { shown: dialog, open, openings, show } = openable<RegistryDialog>()
  return {
    dialog,
    open,
    openings,
    show: (kind: RegistryDialog['kind'], host = '') => show({ kind, host }),
  }
})
