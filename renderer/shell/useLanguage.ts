import { computed, watch } from 'vue'
import { languageOf } from '../../preload/contract/settings'
import { useApi } from '../api'
import { useLink } from '../link'
import { useSettings } from '../settings/store'
import { useToasts } from '../ui/useToasts'
import { showLanguage } from '../words/language'
import { useWords } from '../words'

/** Keeps the words on screen, and what main says, in the language that the settings want. */
export function useLanguage() {
  const { t } = useWords()
  const api = useApi()
  const link = useLink()
  const settings = useSettings()
  const toasts = useToasts()
  const wanted = computed(() => languageOf(settings.values.language, navigator.languages))

  // A main that was started anew is told again.
  watch(
    [wanted, link],
    ([language, state]) => {
      // Where it cannot be told, the link is lost, and comes back.
      if (state === 'open') api.application.speak({ language }).catch(() => undefined)
    },
    { immediate: true },
  )
  watch(
    wanted,
    (language) => {
      showLanguage(language).catch(() =>
        toasts.show({ tone: 'warning', text: t('shell.languageNotLoaded') }),
      )
    },
    { immediate: true },
  )
}
