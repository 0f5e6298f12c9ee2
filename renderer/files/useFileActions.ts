import { Download, FilePen, FolderOpen, Pencil, Trash2, Eye } from '@lucide/vue'
import type { Ref } from 'vue'
import { MOST_UPLOADED, type FilesTarget } from '../../preload/contract/files'
import { useApi } from '../api'
import { useSystemOpen } from '../desktop/useSystemOpen'
import type { MenuItem } from '../ui/menu'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { useFilesDialogs, type PickedFile } from './dialogs'
import { folderOf, nameOf } from './paths'
import { isOutOfReach, type FileRow } from './rows'
import type { OpenFolder } from './useFolder'

interface Place {
  folder: OpenFolder
  go: (path: string) => Promise<void>
  show: (row: FileRow | null) => Promise<void>
  readOnly: Readonly<Ref<string | null>>
}

/** Everything that can be done with the files that are shown. */
export function useFileActions(target: FilesTarget, { folder, go, show, readOnly }: Place) {
  const api = useApi()
  const toasts = useToasts()
  const dialogs = useFilesDialogs()
  const systemOpen = useSystemOpen()
  const { t } = useWords()
  const done = () => folder.reload()
  const isWritable = () => readOnly.value === null

  /** A folder is opened, anything else shown; of a link and of a change it is asked what it is. */
  async function activate(row: FileRow): Promise<void> {
    if (isOutOfReach(row)) return
    if (row.entry?.kind === 'folder') return go(row.path)
    if (row.entry && row.entry.kind !== 'link') return show(row)
    try {
      const { kind, path } = await api.files.find({ target, path: row.path })
      await (kind === 'folder' ? go(path) : show(row))
    } catch (error) {
      toasts.problem(error)
    }
  }

  const makeFolder = () => {
    if (isWritable()) dialogs.show({ kind: 'folder', target, folder: folder.path.value, done })
  }
  const rename = (row: FileRow) => {
    if (isWritable()) dialogs.show({ kind: 'rename', target, row, done })
  }
  function remove(rows: readonly FileRow[]): void {
    const within = rows.filter((row) => !isOutOfReach(row) && !row.mount)
    if (!isWritable() || within.length === 0) return
    dialogs.show({ kind: 'remove', target, rows: within, done: () => void show(null).then(done) })
  }
  const download = (row: Pick<FileRow, 'path' | 'name' | 'entry'>) =>
    dialogs.show({ kind: 'download', target, row, done })
  const downloadFolder = () => {
    const path = folder.path.value
    download({ path, name: nameOf(path), entry: null })
  }
  function upload(files: readonly PickedFile[]): void {
    if (!isWritable()) return
    if (files.length > MOST_UPLOADED) {
      toasts.show({ tone: 'bad', text: t('files.upload.tooMany', { most: MOST_UPLOADED }) })
      return
    }
    dialogs.show({ kind: 'upload', target, folder: folder.path.value, files, done })
  }

  function menuOf(row: FileRow): MenuItem[] {
    if (isOutOfReach(row)) return []
    const isFolder = row.entry?.kind === 'folder'
    const fixed = !isWritable() || row.mount !== null
    return [
      {
        id: 'open',
        label: t(isFolder ? 'files.actions.open' : 'files.actions.show'),
        icon: isFolder ? FolderOpen : Eye,
        run: () => activate(row),
      },
      ...(folder.onlyChanges.value
        ? [
            {
              id: 'place',
              label: t('files.actions.place'),
              icon: FolderOpen,
              run: () => go(folderOf(row.path)),
            },
          ]
        : []),
      ...(systemOpen && row.entry?.kind === 'file'
        ? [
            {
              id: 'editor',
              label: t('desktop.open.editor'),
              icon: FilePen,
              run: () => systemOpen.editor(target, row.path),
            },
          ]
        : []),
      {
        id: 'download',
        label: t('files.actions.download'),
        icon: Download,
        run: () => download(row),
      },
      {
        id: 'rename',
        label: t('files.actions.rename'),
        icon: Pencil,
        disabled: fixed,
        separatorBefore: true,
        run: () => rename(row),
      },
      {
        id: 'remove',
        label: t('files.actions.remove'),
        icon: Trash2,
        danger: true,
        disabled: fixed,
        run: () => remove([row]),
      },
    ]
  }

  return {
    activate,
    makeFolder,
    rename,
    remove,
    download,
    downloadFolder,
    upload,
    menuOf,
    reload: () => folder.reload(),
  }
}

export type FileActions = ReturnType<typeof useFileActions>
