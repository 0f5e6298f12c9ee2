import {
  ArchiveRestore,
  Copy,
  CopyPlus,
  DatabaseBackup,
  FolderOpen,
  Ruler,
  Trash2,
} from '@lucide/vue'
import { useClipboard } from '@vueuse/core'
import { useRouter } from 'vue-router'
import type { Volume } from '../../preload/contract/volumes'
import type { MenuItem } from '../ui/menu'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { useVolumeDialogs } from './dialogs/store'
import { useMeasuring } from './measuring'
import { useRemoveVolumes } from './useRemoveVolumes'

/** What a person can do with a volume, as menus list it. */
export function useVolumeActions() {
  const dialogs = useVolumeDialogs()
  const measuring = useMeasuring()
  const remove = useRemoveVolumes()
  const router = useRouter()
  const toasts = useToasts()
  const { copy } = useClipboard({ legacy: true })
  const { t } = useWords()

  async function copyName(volume: Volume): Promise<void> {
    await copy(volume.id)
    toasts.show({ tone: 'good', text: t('volumes.nameCopied') })
  }

  function menuOf(volume: Volume): MenuItem[] {
    return [
      {
        id: 'files',
        label: t('volumes.actions.files'),
        icon: FolderOpen,
        run: () => router.push({ path: `/volumes/${volume.id}`, query: { tab: 'files' } }),
      },
      {
        id: 'measure',
        label: t(volume.size ? 'volumes.actions.measureAgain' : 'volumes.actions.measure'),
        icon: Ruler,
        run: () => measuring.measure([volume]),
      },
      {
        id: 'backup',
        label: t('volumes.actions.backUp'),
        icon: DatabaseBackup,
        run: () => dialogs.backUp(volume),
      },
      {
        id: 'restore',
        label: t('volumes.actions.restore'),
        icon: ArchiveRestore,
        run: () => dialogs.restore(volume),
      },
      {
        id: 'clone',
        label: t('volumes.actions.clone'),
        icon: CopyPlus,
        run: () => dialogs.clone(volume),
      },
      {
        id: 'copy',
        label: t('volumes.actions.copyName'),
        icon: Copy,
        run: () => copyName(volume),
      },
      {
        id: 'remove',
        label: t('volumes.actions.remove'),
        icon: Trash2,
        danger: true,
        separatorBefore: true,
        run: () => remove([volume]),
      },
    ]
  }

  /** The menu of several chosen volumes. */
  function menuOfSeveral(volumes: readonly Volume[]): MenuItem[] {
    return [
      {
        id: 'measure',
        label: t('volumes.actions.measureSeveral', { count: volumes.length }),
        icon: Ruler,
        run: () => measuring.measure(volumes),
      },
      {
        id: 'remove',
        label: t('volumes.actions.removeSeveral', { count: volumes.length }),
        icon: Trash2,
        danger: true,
        run: () => remove(volumes),
      },
    ]
  }

  return { menuOf, menuOfSeveral }
}
