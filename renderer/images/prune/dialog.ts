import { defineStore } from 'pinia'
import { openable } from '../../ui/openable'

/** Whether the prune dialog is open. */
export const usePruneDialog = defineStore('prune-dialog', () => {
  const { open, openings, show } = openable<null>()
  return { open, openings, show: () => show(null) }
})
