import type { Language } from './settings'

/** Sentences by their English templates: `'There is a volume "{0}" already.'`. */
export type Sentences = Readonly<Record<string, string>>

let spoken: { language: Language; sentences: Sentences | null } = {
  language: 'en',
  sentences: null,
}

/**
 * From now on this process speaks a language: Longshore has one person per process. What was said before stays
 * as it is, so what is kept (results of jobs) is in the language of its time.
 *
 * @param sentences null: the templates themselves, which are English
 */
export function speak(language: Language, sentences: Sentences | null): void {
  spoken = { language, sentences }
}

/** The language of what is said now, for numbers and the like. */
export function spokenLanguage(): Language {
  return spoken.language
}

/**
 * A sentence for the person, in the language that is spoken when it is evaluated: so never at the top of a
 * module. The template is the English, and the key of the others: values become `{0}`, `{1}`. Where one of
 * two numbers decides, there are two templates. A sentence that a catalogue lacks stays English.
 */
export function say(template: TemplateStringsArray, ...values: (string | number)[]): string {
  const { sentences } = spoken
  const sentence = sentences?.[templateKey(template)]
  if (sentence === undefined) return String.raw({ raw: template }, ...values)
  return sentence.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]))
}

/** `There is a volume "{0}" already.` */
function templateKey(template: readonly string[]): string {
  return template.reduce((key, part, index) => `${key}{${index - 1}}${part}`)
}
