import { z } from 'zod'
import { speak, type Sentences } from '../../preload/contract/say'
import type { Language } from '../../preload/contract/settings'

/** The catalogues that are not part of the start. */
const catalogues: Record<Language, () => Promise<Sentences | null>> = {
  en: () => Promise.resolve(null),
  de: () => import('./german').then(({ german }) => german),
}

let asked: Language = 'en'

/**
 * What this process says to the person from now on is in a language, whose sentences are loaded when it is
 * first spoken. What engines and registries say stays in their own words; the log and the terminal are English.
 */
export async function speakLanguage(language: Language): Promise<void> {
  asked = language
  const sentences = await catalogues[language]()
  // Another one was asked for meanwhile.
  if (asked !== language) return
  speak(language, sentences)
  z.config(z.locales[language]())
}
