import { GraduationCap } from '@lucide/vue'
import { watch } from 'vue'
import { useSettings } from '../settings/store'
import { useCommands } from '../shell/commands'
import { useWords } from '../words'
import { useGuide } from './store'

/** Opens the guide when the app is used for the first time, and whenever it is asked for. */
export function useFirstGuide() {
  const { t } = useWords()
  const guide = useGuide()
  const settings = useSettings()

  watch(
    () => settings.loaded && !settings.values.guideSeen,
    (isNew) => {
      if (isNew && !guide.open) guide.show(true)
    },
    { immediate: true },
  )
  // Seen once it is closed, wherever in it that happens: who leaves it does not want it again.
  watch(
    () => guide.open,
    (open) => {
      if (!open) settings.change({ guideSeen: true })
    },
  )
  useCommands([
    { id: 'guide', label: t('guide.command'), icon: GraduationCap, run: () => guide.show(true) },
  ])
}
