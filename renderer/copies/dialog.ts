import { defineStore } from 'pinia'
import { openable } from '../ui/openable'

/** The dialog that copies an image between registries, and from where; any page may open it. */
export const useCopyDialog = defineStore('copy-dialog', () => {
  const { shown: from, open, openings, show } = openable<string>()
  return {
    from,
    open,
    openings,
    /** @param reference empty: the person types it */
    show: (reference = '') => show(reference),
  }
})
