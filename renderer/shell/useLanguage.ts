import { watch } from 'vue'
import { useSettings } from '../settings/store'
import { useToasts } from '../ui/useToasts'
import { languageOf, showLanguage } from '../words/language'
import { useWords } from '../words'

/** Keeps the words on screen in the language that the settings want. */
export function useLanguage() {
  const { t } = useWords()
  const settings = useSettings()
  const toasts = useToasts()
  watch(
    () => languageOf(settings.values.language),
    (language) => {
      showLanguage(language).catch(() =>
        toasts.show({ tone: 'warning', text: t('shell.languageNotLoaded') }),
      )
    },
    { immediate: true },
  )
}
