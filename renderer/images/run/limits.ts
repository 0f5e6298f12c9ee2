/** A limit as a person writes it: none, an amount, or what is wrong with the text. */
export type Limit<Reason extends string> =
  { ok: true; value: number | null } | { ok: false; reason: Reason }

/** moby refuses less (daemon/daemon_unix.go: NanoCPUs below 0.01, memory below 6 MiB). */
const leastCores = 0.01
const leastMemoryBytes = 6 * 1024 * 1024

/** `0.5`, `2`, `1,5`: cores. Empty: no limit. */
export function parseCores(text: string): Limit<'not-a-number' | 'too-small'> {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, value: null }
  if (!/^(\d+([.,]\d*)?|[.,]\d+)$/.test(trimmed)) return { ok: false, reason: 'not-a-number' }
  const cores = Number(trimmed.replace(',', '.'))
  return cores < leastCores ? { ok: false, reason: 'too-small' } : { ok: true, value: cores }
}

const unitPowers: Record<string, number> = { b: 0, k: 1, m: 2, g: 3, t: 4 }

/**
 * `256 MiB`, `256m`, `1.5g`: bytes. Every unit counts in powers of 1,024, as `docker run --memory`
 * does (go-units `RAMInBytes`). A number without unit is refused: few who type 256 mean 256 bytes.
 */
export function parseMemory(text: string): Limit<'not-a-size' | 'unit-missing' | 'too-small'> {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, value: null }
  const parts = /^(\d+(?:[.,]\d+)?)\s*(?:([bkmgt])(?:i?b)?)?$/i.exec(trimmed)
  if (parts?.[1] === undefined) return { ok: false, reason: 'not-a-size' }
  if (parts[2] === undefined) return { ok: false, reason: 'unit-missing' }
  const power = unitPowers[parts[2].toLowerCase()] ?? 0
  const bytes = Math.round(Number(parts[1].replace(',', '.')) * 1024 ** power)
  return bytes < leastMemoryBytes ? { ok: false, reason: 'too-small' } : { ok: true, value: bytes }
}
