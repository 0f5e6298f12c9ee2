import { defineStore } from 'pinia'
import type { Engine } from '../../preload/contract/engines'
import { openable } from '../ui/openable'

/** Which engine is being added or changed; null: a new one. */
export const useEngineDialog = defineStore('engines-dialog', () => {
  const { shown, open, openings, show } = openable<{ engine: Engine | null }>()

  const add = () => show({ engine: null })
  const edit = (engine: Engine) => show({ engine })

  return { shown, open, openings, add, edit }
})
