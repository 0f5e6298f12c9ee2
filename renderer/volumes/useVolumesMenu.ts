import { ArchiveRestore, BrushCleaning, Ruler } from '@lucide/vue'
import type { MenuItem } from '../ui/menu'
import { useWords } from '../words'
import { useVolumeDialogs } from './dialogs/store'
import { useMeasuring } from './measuring'
import { useVolumes } from './store'

/** What can be done with volumes as a whole, beside making one. */
export function useVolumesMenu() {
  const dialogs = useVolumeDialogs()
  const measuring = useMeasuring()
  const volumes = useVolumes()
  const { t } = useWords()

  return (): MenuItem[] => [
    {
      id: 'measure-all',
      label: t('volumes.actions.measureAll'),
      icon: Ruler,
      disabled: volumes.items.size === 0,
      run: () => measuring.measure([...volumes.items.values()]),
    },
    {
      id: 'restore-file',
      label: t('volumes.actions.restoreFile'),
      icon: ArchiveRestore,
      run: () => dialogs.restore(),
    },
    {
      id: 'prune',
      label: t('volumes.actions.prune'),
      icon: BrushCleaning,
      run: () => dialogs.prune(),
    },
  ]
}
