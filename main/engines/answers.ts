/** A list of texts out of an engine's answer, where engines write null, one text, or a list. */
export function stringsOf(raw: unknown): string[] {
  if (typeof raw === 'string') return [raw]
  return Array.isArray(raw) ? raw.map(String) : []
}

/** The keys of an object in an engine's answer, where engines write null for none. */
export function keysOf(raw: unknown): string[] {
  return typeof raw === 'object' && raw !== null ? Object.keys(raw) : []
}
