import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Container } from '../../preload/contract/containers'
import type { Image } from '../../preload/contract/images'

export type ArchiveDialog =
  | { kind: 'save'; images: readonly Image[] }
  | { kind: 'export'; container: Container }
  | { kind: 'open' }

/** Which dialog about files of images is open; it stays named while it closes. */
export const useArchiveDialogs = defineStore('archive-dialogs', () => {
  const dialog = shallowRef<ArchiveDialog | null>(null)
  const open = ref(false)
  const openings = ref(0)
  /** Where the last file was, for the next one; ends with a slash, or is empty. */
  const folder = ref('')

  function show(next: ArchiveDialog): void {
    dialog.value = next
    openings.value++
    open.value = true
  }

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
    openFile: () => show({ kind: 'open' }),
  }
})
