import type { AlertRule } from './alerts'

/** What a rule knows a container by. */
export interface AlertSubject {
  name: string
  labels: Readonly<Record<string, string>>
}

/** Whether a rule is about a container; the same answer in main, which judges, and in the page, which counts. */
export function isAbout(
  { container, label }: Pick<AlertRule, 'container' | 'label'>,
  { name, labels }: AlertSubject,
): boolean {
  if (container !== '' && !globMatches(container, name)) return false
  if (label === '') return true
  const { key, value } = parseLabel(label)
  // Not `labels[key]`: a label may be called like something that every object has.
  if (!Object.hasOwn(labels, key)) return false
  return value === null || globMatches(value, labels[key] ?? '')
}

/** `key`, or `key=value`; the value may hold more `=`. */
function parseLabel(label: string): { key: string; value: string | null } {
  const equals = label.indexOf('=')
  if (equals < 0) return { key: label, value: null }
  return { key: label.slice(0, equals), value: label.slice(equals + 1) }
}

/**
 * Whether the whole text fits a pattern in which `*` stands for any characters, none included, and `?`
 * for exactly one. No regular expression: a pattern with many stars would make one take for ever. This
 * goes back to the last star only, so it takes pattern times text steps at most.
 */
export function globMatches(pattern: string, text: string): boolean {
  let inPattern = 0
  let inText = 0
  let afterStar = -1
  let starEndsAt = 0
  while (inText < text.length) {
    const wanted = pattern[inPattern]
    if (wanted === '*') {
      afterStar = ++inPattern
      starEndsAt = inText
    } else if (wanted === '?' || wanted === text[inText]) {
      inPattern++
      inText++
    } else if (afterStar >= 0) {
      inPattern = afterStar
      inText = ++starEndsAt
    } else return false
  }
  while (pattern[inPattern] === '*') inPattern++
  return inPattern === pattern.length
}
