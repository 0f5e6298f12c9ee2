import { FileInput } from '@lucide/vue'
import { useArchiveDialogs } from '../archives/dialogs'
import type { MenuItem } from '../ui/menu'
import { useWords } from '../words'

/** What can be done with images as a whole, beside pulling and building one. */
export function useImagesMenu() {
  const archives = useArchiveDialogs()
  const { t } = useWords()

  return (): MenuItem[] => [
    {
      id: 'open',
      label: t('archives.open.action'),
      icon: FileInput,
      run: () => archives.openFile(),
    },
  ]
}
