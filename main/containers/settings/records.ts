/** An object of an answer by its fields; empty for anything else. */
export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}

/** Null, nothing, none, zero, no: what says nothing in an answer. */
export function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isNothing)
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isNothing)
  return value === undefined || value === null || value === '' || value === 0 || value === false
}

/** All fields but these. */
export function without(
  record: Record<string, unknown>,
  fields: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)))
}
