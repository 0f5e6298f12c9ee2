import { speak } from '../../preload/contract/say'
import type { Language } from '../../preload/contract/settings'
import { lazily } from '../lazy/lazily'
import { words } from '.'

/** The catalogues that are not part of the first load: the page's words, and what the contract says of what is typed. */
const catalogues = {
  de: async () => {
    const [{ german }, { default: sentences }] = await Promise.all([
      import('./german'),
      import('../../preload/contract/words.de'),
    ])
    return { words: german, sentences }
  },
}

/** Shows the words of a language. Rejects where they cannot be loaded; the former ones stay then. */
export async function showLanguage(language: Language): Promise<void> {
  const { global } = words
  const loaded = language === 'en' ? null : await lazily(catalogues[language])
  if (language !== 'en' && loaded && !global.availableLocales.includes(language)) {
    global.setLocaleMessage(language, loaded.words)
  }
  speak(language, loaded?.sentences ?? null)
  global.locale.value = language
  document.documentElement.lang = language
}

/** What is spoken now; reactive. */
export function shownLanguage(): Language {
  return words.global.locale.value
}
