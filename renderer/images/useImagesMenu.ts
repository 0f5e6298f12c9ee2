import { BrushCleaning, ChartBar, FileInput } from '@lucide/vue'
import { useRouter } from 'vue-router'
import { useArchiveDialogs } from '../archives/dialogs'
import type { MenuItem } from '../ui/menu'
import { useWords } from '../words'
import { usePruneDialog } from './prune/dialog'

/** What can be done with images as a whole, beside pulling and building one. */
export function useImagesMenu() {
  const archives = useArchiveDialogs()
  const prune = usePruneDialog()
  const router = useRouter()
  const { t } = useWords()

  return (): MenuItem[] => [
    {
      id: 'open',
      label: t('archives.open.action'),
      icon: FileInput,
      run: () => archives.openFile(),
    },
    {
      id: 'sharing',
      label: t('layers.sharing.action'),
      icon: ChartBar,
      run: () => router.push('/images/sharing'),
    },
    {
      id: 'prune',
      label: t('images.prune.action'),
      icon: BrushCleaning,
      run: () => prune.show(),
    },
  ]
}
