import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Container } from '../../preload/contract/containers'
import type { Image } from '../../preload/contract/images'
import { openable } from '../ui/openable'

/** A file that was dropped on the window; browsers tell its name alone. */
export type DroppedFile = { path: string } | { name: string }

export type ArchiveDialog =
  | { kind: 'save'; images: readonly Image[] }
  | { kind: 'export'; container: Container }
  | { kind: 'open'; dropped: DroppedFile | null }

/** Which dialog about files of images is open. */
export const useArchiveDialogs = defineStore('archive-dialogs', () => {
  const { shown: dialog, open, openings, show } = openable<ArchiveDialog>()
  /** Where the last file was, for the next one; ends with a slash, or is empty. */
  const folder = ref('')

  function remember(file: string): void {
    folder.value = file.replace(/[^/\\]*$/, '')
  }

  return {
    dialog,
    open,
    openings,
    folder,
    remember,
    save: (images: readonly Image[]) => show({ kind: 'save', images }),
    exportOf: (container: Container) => show({ kind: 'export', container }),
    openFile: (dropped: DroppedFile | null = null) => show({ kind: 'open', dropped }),
  }
})
