import { shownLanguage } from './language'

/**
 * How numbers and times are written: as the person's system writes them where it speaks the language
 * that is shown, and as that language does otherwise.
 */
function formatLocale(): string {
  const language = shownLanguage()
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language
}

/** One format for each locale that was shown: making one takes longer than a thousand uses of it. */
function perLocale<Format>(make: (locale: string) => Format): () => Format {
  const made = new Map<string, Format>()
  return () => {
    const locale = formatLocale()
    const format = made.get(locale) ?? make(locale)
    made.set(locale, format)
    return format
  }
}

/** Writes moments (milliseconds since 1970) in the person's language. */
export function timeFormat(options: Intl.DateTimeFormatOptions): (at: number) => string {
  const format = perLocale((locale) => new Intl.DateTimeFormat(locale, options))
  return (at) => format().format(at)
}

/**
 * Orders texts as the person's language does. What it gives is for one sort: which language is shown
 * is not asked again for each two texts.
 */
export function textOrder(options: Intl.CollatorOptions): () => (a: string, b: string) => number {
  const collator = perLocale((locale) => new Intl.Collator(locale, options))
  return () => collator().compare
}

/** Writes numbers in the person's language. */
export function numberFormat(options: Intl.NumberFormatOptions = {}): (value: number) => string {
  const format = perLocale((locale) => new Intl.NumberFormat(locale, options))
  return (value) => format().format(value)
}
