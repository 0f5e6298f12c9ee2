import type { RawLine, Stamp } from './rawLine'

const [ZERO, DASH, COLON, DOT, SPACE, PLUS] = [0x30, 0x2d, 0x3a, 0x2e, 0x20, 0x2b]
const [BIG_T, BIG_Z] = [0x54, 0x5a]
/** `2026-11-27T01:54:50` */
const BASE_BYTES = 19
/** The longest: nine digits of fraction, a zone with sign, and the space. */
export const MAX_STAMP_BYTES = BASE_BYTES + 10 + 6 + 1

/**
 * Takes the RFC 3339 time off the beginning of lines, as `timestamps=1` puts it there, with a space behind
 * it: byte by byte, for a log has millions of them. Where there is none, the line has the last one's time.
 */
export function createStampReader(): (line: RawLine) => void {
  let day = -1
  let daySeconds = 0
  return (line) => {
    const { bytes, start, end } = line
    line.timed = false
    if (end - start <= BASE_BYTES || !hasShape(bytes, start)) return
    const date =
      digits(bytes, start, 4) * 10_000 + two(bytes, start + 5) * 100 + two(bytes, start + 8)
    const hours = two(bytes, start + 11)
    const minutes = two(bytes, start + 14)
    const seconds = two(bytes, start + 17)
    if (Number.isNaN(date + hours + minutes + seconds)) return
    let at = start + BASE_BYTES
    let nanos = 0
    if (bytes[at] === DOT) {
      let unit = 100_000_000
      for (at += 1; at < end; at++) {
        const digit = (bytes[at] ?? 0) - ZERO
        if (digit < 0 || digit > 9) break
        nanos += digit * unit
        unit = Math.floor(unit / 10)
      }
    }
    let zoneSeconds = 0
    const zone = bytes[at]
    if (zone === BIG_Z) at += 1
    else if ((zone === PLUS || zone === DASH) && bytes[at + 3] === COLON && at + 6 <= end) {
      const ahead = two(bytes, at + 1) * 3_600 + two(bytes, at + 4) * 60
      zoneSeconds = zone === PLUS ? ahead : -ahead
      at += 6
    } else return
    if (date !== day) {
      day = date
      daySeconds =
        Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100) / 1_000
    }
    line.timed = true
    line.seconds = Math.max(0, daySeconds + hours * 3_600 + minutes * 60 + seconds - zoneSeconds)
    line.nanos = nanos
    line.start = at < end && bytes[at] === SPACE ? at + 1 : at
  }
}

/** `2026-11-27T01:54:50.123456789Z`; without a fraction where the engine tells whole seconds. */
export function formatStamp({ seconds, nanos }: Stamp): string {
  const whole = new Date(seconds * 1_000).toISOString().slice(0, BASE_BYTES)
  return nanos === 0 ? `${whole}Z` : `${whole}.${String(nanos).padStart(9, '0')}Z`
}

/** As the engine's `since` and `until` take it: seconds with a fraction. */
export function stampParameter({ seconds, nanos }: Stamp): string {
  return `${seconds}.${String(nanos).padStart(9, '0')}`
}

function hasShape(bytes: Uint8Array, start: number): boolean {
  return (
    bytes[start + 4] === DASH &&
    bytes[start + 7] === DASH &&
    bytes[start + 10] === BIG_T &&
    bytes[start + 13] === COLON &&
    bytes[start + 16] === COLON
  )
}

function two(bytes: Uint8Array, at: number): number {
  return digits(bytes, at, 2)
}

/** The decimal number of so many digits; NaN where one is none. */
function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let index = at; index < at + count; index++) {
    const digit = (bytes[index] ?? 0) - ZERO
    if (digit < 0 || digit > 9) return NaN
    value = value * 10 + digit
  }
  return value
}
