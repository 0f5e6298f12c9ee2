import { defineStore } from 'pinia'
import type { Volume } from '../../../preload/contract/volumes'
import { openable } from '../../ui/openable'

/** The dialogs of the volumes page. */
export type VolumeDialog =
  | { kind: 'create' | 'prune' }
  | { kind: 'backup' | 'clone'; volume: Volume }
  | { kind: 'restore'; volume: Volume | null }

/** Which dialog of the volumes page is open. */
export const useVolumeDialogs = defineStore('volume-dialogs', () => {
  const { shown: dialog, open, openings, show } = openable<VolumeDialog>()

  const create = () => show({ kind: 'create' })
  const prune = () => show({ kind: 'prune' })
  const backUp = (volume: Volume) => show({ kind: 'backup', volume })
  const clone = (volume: Volume) => show({ kind: 'clone', volume })
  /** @param volume the one that the files go to; null: a new one */
  const restore = (volume: Volume | null = null) => show({ kind: 'restore', volume })

  return { dialog, open, openings, create, prune, backUp, clone, restore }
})
