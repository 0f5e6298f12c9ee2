import { languages, type Language, type Settings } from '../../../preload/contract/settings'
import { de } from './de'
import { en, type ShellWords } from './en'

export type { ShellWords } from './en'

const catalogues: Record<Language, ShellWords> = { en, de }

/**
 * The words in the language of the settings; for `system`, in the one of the person's languages that is
 * preferred.
 */
export function shellWords(chosen: Settings['language'], preferred: readonly string[]): ShellWords {
  return catalogues[chosen === 'system' ? preferredLanguage(preferred) : chosen]
}

/** The first of a person's languages (`de-CH`, `en`, …) that there are words in. */
export function preferredLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = languages.find((known) => known === tag.split('-')[0]?.toLowerCase())
    if (language) return language
  }
  return 'en'
}
