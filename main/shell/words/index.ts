import { languageOf, type Language, type Settings } from '../../../preload/contract/settings'
import { de } from './de'
import { en, type ShellWords } from './en'

export type { ShellWords } from './en'

const catalogues: Record<Language, ShellWords> = { en, de }

/**
 * The words in the language of the settings; for `system`, in the one of the person's languages that is
 * preferred.
 */
export function shellWords(chosen: Settings['language'], preferred: readonly string[]): ShellWords {
  return catalogues[languageOf(chosen, preferred)]
}
