/** An amount as a person writes it: none, a value, or what is wrong with the text. */
export type Amount<Reason extends string> =
  { ok: true; value: number | null } | { ok: false; reason: Reason }

/** `0.5`, `2`, `1,5`: cores. Empty: none. */
export function readCores(text: string): Amount<'not-a-number'> {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, value: null }
  if (!/^(\d+([.,]\d*)?|[.,]\d+)$/.test(trimmed)) return { ok: false, reason: 'not-a-number' }
  return { ok: true, value: Number(trimmed.replace(',', '.')) }
}

/** `50`: whole things. Empty: none. */
export function readCount(text: string): Amount<'not-a-count'> {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, value: null }
  // More digits than that a double does not hold.
  if (!/^\d{1,15}$/.test(trimmed)) return { ok: false, reason: 'not-a-count' }
  return { ok: true, value: Number(trimmed) }
}

const unitPowers: Record<string, number> = { b: 0, k: 1, m: 2, g: 3, t: 4 }

/**
 * `256 MiB`, `256m`, `1.5g`: bytes. Every unit counts in powers of 1,024, as `docker run --memory`
 * does (go-units `RAMInBytes`). A number without unit is refused: few who type 256 mean 256 bytes.
 */
export function readBytes(text: string): Amount<'not-a-size' | 'unit-missing'> {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, value: null }
  const parts = /^(\d+(?:[.,]\d+)?)\s*(?:([bkmgt])(?:i?b)?)?$/i.exec(trimmed)
  if (parts?.[1] === undefined) return { ok: false, reason: 'not-a-size' }
  if (parts[2] === undefined) return { ok: false, reason: 'unit-missing' }
  const power = unitPowers[parts[2].toLowerCase()] ?? 0
  const bytes = Math.round(Number(parts[1].replace(',', '.')) * 1024 ** power)
  return Number.isSafeInteger(bytes)
    ? { ok: true, value: bytes }
    : { ok: false, reason: 'not-a-size' }
}

const units = ['TiB', 'GiB', 'MiB', 'KiB']

/** The shortest text that `readBytes` reads as exactly so many: `64 MiB`, `1.25 GiB`, `1001 B`. */
export function writeBytes(bytes: number): string {
  for (const unit of units) {
    const size = 1024 ** (unitPowers[unit.charAt(0).toLowerCase()] ?? 0)
    const text = `${Math.round((bytes / size) * 100) / 100} ${unit}`
    const read = readBytes(text)
    if (bytes >= size && read.ok && read.value === bytes) return text
  }
  return `${bytes} B`
}
