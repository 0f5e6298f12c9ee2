import { defineStore } from 'pinia'
import type { FilesTarget } from '../../preload/contract/files'
import { openable } from '../ui/openable'
import type { FileRow } from './rows'

/** What a dialog does once it is done: the folder is read anew. */
interface About {
  target: FilesTarget
  done: () => void
}

export type FilesDialog =
  | (About & { kind: 'folder'; folder: string })
  | (About & { kind: 'rename'; row: FileRow })
  | (About & { kind: 'remove'; rows: readonly FileRow[] })
  | (About & { kind: 'download'; row: Pick<FileRow, 'path' | 'name' | 'entry'> })
  | (About & { kind: 'upload'; folder: string; files: readonly PickedFile[] })

/** A file of the person's machine, with its place in what was dropped; null: a folder. */
export interface PickedFile {
  path: string
  file: File | null
}

/** Which dialog about files is open. */
export const useFilesDialogs = defineStore('files-dialogs', () => {
  const { shown: dialog, open, openings, show } = openable<FilesDialog>()
  return { dialog, open, openings, show }
})
