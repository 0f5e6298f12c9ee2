import { defineStore } from 'pinia'
import type { BuildForm } from '../../preload/contract/builds'
import { openable } from '../ui/openable'

/** Whether the build dialog is open, and what it began with; null: what was built last. */
export const useBuildDialog = defineStore('build-dialog', () => {
  const { shown: initial, open, openings, show } = openable<BuildForm | null>()
  return { initial, open, openings, show: (form: BuildForm | null = null) => show(form) }
})
