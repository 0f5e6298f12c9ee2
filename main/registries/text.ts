import { mostRegistryText, type NamedText } from '../../preload/contract/registryContents'

/** How many texts of one kind are passed on, at most. */
const MOST_TEXTS = 500

/** A text of a registry's making, cut where it is longer than anyone would read. */
export function cappedText(text: string, most = mostRegistryText): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

export function cappedTexts(texts: readonly string[]): string[] {
  return texts.slice(0, MOST_TEXTS).map((text) => cappedText(text))
}

/** Annotations or labels, in the order of their names. */
export function namedTexts(
  record: Readonly<Record<string, string>> | null | undefined,
): NamedText[] {
  return Object.entries(record ?? {})
    .slice(0, MOST_TEXTS)
    .map(([name, value]) => ({ name: cappedText(name, 256), value: cappedText(value) }))
    .sort((a, b) => a.name.localeCompare(b.name))
}
