import { readBytes } from '../../../amounts'

/** `64m`, `1.5g`, or a number of bytes (go-units `RAMInBytes`); null for anything else. */
export function readSize(text: string): number | null {
  const amount = readBytes(/^\d+$/.test(text.trim()) ? `${text}b` : text)
  return amount.ok ? amount.value : null
}

/** The shortest text that `readSize` reads as so many bytes: `64m`. */
export function writeSize(bytes: number): string {
  for (const [unit, size] of [
    ['g', 1024 ** 3],
    ['m', 1024 ** 2],
    ['k', 1024],
  ] as const) {
    if (bytes > 0 && bytes % size === 0) return `${bytes / size}${unit}`
  }
  return `${bytes}b`
}

const unitMillis: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
}

/** `1m30s`, `500ms` (Go's `ParseDuration`) in whole milliseconds; null for anything else. */
export function readDuration(text: string): number | null {
  if (text === '0') return 0
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns))+$/.test(text)) return null
  let millis = 0
  for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)) {
    millis += Number(amount) * (unitMillis[unit] ?? 0)
  }
  const whole = Math.round(millis)
  return Math.abs(whole - millis) < 1e-6 ? whole : null
}

/** The shortest text that `readDuration` reads as so many milliseconds. */
export function writeDuration(millis: number): string {
  for (const unit of ['h', 'm', 's']) {
    const size = unitMillis[unit] ?? 1
    if (millis > 0 && millis % size === 0) return `${millis / size}${unit}`
  }
  return `${millis}ms`
}

/** A whole number; null for anything else. */
export function readWhole(text: string): number | null {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null
}
