import { Download, FolderPlus, FolderTree, RefreshCw, Trash2 } from '@lucide/vue'
import { computed, type Ref } from 'vue'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import { shownName } from './paths'
import type { FileRow } from './rows'
import type { FileActions } from './useFileActions'
import type { OpenFolder } from './useFolder'

interface Offered {
  actions: FileActions
  folder: OpenFolder
  chosen: Readonly<Ref<readonly FileRow[]>>
  typePath: () => void
}

/** What can be done with the files on screen, for the palette. */
export function useFileCommands({ actions, folder, chosen, typePath }: Offered) {
  const { t } = useWords()
  useCommands(
    computed((): Command[] => {
      const detail = shownName(folder.path.value)
      const rows = chosen.value
      return [
        { id: 'files-path', label: t('files.path.type'), icon: FolderTree, run: typePath },
        {
          id: 'files-folder',
          label: t('files.actions.folder'),
          icon: FolderPlus,
          detail,
          run: actions.makeFolder,
        },
        {
          id: 'files-download',
          label: t('files.actions.downloadFolder'),
          icon: Download,
          detail,
          run: actions.downloadFolder,
        },
        {
          id: 'files-reload',
          label: t('files.actions.reload'),
          icon: RefreshCw,
          shortcut: 'F5',
          run: actions.reload,
        },
        {
          id: 'files-hidden',
          label: t(folder.hidden.value ? 'files.hidden.hide' : 'files.hidden.show'),
          run: () => (folder.hidden.value = !folder.hidden.value),
        },
        ...(rows.length > 0
          ? [
              {
                id: 'files-remove',
                label: t('files.actions.removeChosen', rows.length),
                icon: Trash2,
                run: () => actions.remove(rows),
              },
            ]
          : []),
      ]
    }),
  )
}
