/** Units in short or in full, for `2 months` are not two minutes; in every language that is shown. */
const units: readonly (readonly [millis: number, names: string])[] = [
  [1_000, 's sec secs second seconds sek sekunde sekunden'],
  [60_000, 'm min mins minute minutes minuten'],
  [3_600_000, 'h hr hrs hour hours std stunde stunden'],
  [86_400_000, 'd day days tag tage tagen'],
]
const unitMillis = new Map(
  units.flatMap(([millis, names]) => names.split(' ').map((name) => [name, millis] as const)),
)

/** `90s`, `5 min ago`, `vor 2 Stunden`. */
const ago = /^(?:vor\s+)?(\d+(?:[.,]\d+)?)\s*([a-z]+)(?:\s+ago)?$/i
const germanDay = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?(?=\s)|$)/
const timeOnly = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/
const dayAndTime = /^(\d{4})-(\d{2})-(\d{2})(?:[T\s]+(.+))?$/

/**
 * The moment that a person means, in milliseconds since 1970; null: it is none.
 *
 * @param text `5 min ago`, `vor 5 min`, `90s`; `14:05`, `14:05:30.250` (the last time it was so late);
 *   `2026-01-31`, `2026-01-31 14:05`, `31.1.2026 14:05`; a time stamp with its zone.
 * @param utc Times without a zone are meant in UTC, otherwise in the person's own zone.
 */
export function parseMoment(text: string, now: number, utc: boolean): number | null {
  const words = text.trim().replace(germanDay, isoDay)
  const [, count, unit = ''] = ago.exec(words) ?? []
  const millis = unitMillis.get(unit.toLowerCase())
  if (count !== undefined && millis !== undefined) {
    return now - Number(count.replace(',', '.')) * millis
  }
  const time = timeOf(words)
  if (time) return latest(time, now, utc)
  const [, year, month, day, rest] = dayAndTime.exec(words) ?? []
  if (year === undefined || !isDay(Number(year), Number(month) - 1, Number(day))) return null
  if (rest !== undefined && /(?:z|[+-]\d\d:?\d\d)$/i.test(rest)) return known(Date.parse(words))
  const at = rest === undefined ? midnight : timeOf(rest.trim())
  return at && known(momentOf(Number(year), Number(month) - 1, Number(day), at, utc))
}

const isoDay = (_: string, day: string, month: string, year: string) =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`

type Time = readonly [hours: number, minutes: number, seconds: number, millis: number]
const midnight: Time = [0, 0, 0, 0]

function timeOf(text: string): Time | null {
  const [found, hours, minutes, seconds = '0', fraction = ''] = timeOnly.exec(text) ?? []
  if (found === undefined) return null
  const time: Time = [
    Number(hours),
    Number(minutes),
    Number(seconds),
    Number(fraction.padEnd(3, '0')),
  ]
  return time[0] < 24 && time[1] < 60 && time[2] < 60 ? time : null
}

/** Today, or yesterday if it is not so late yet. */
function latest(time: Time, now: number, utc: boolean): number {
  const day = new Date(now)
  const date = utc ? day.getUTCDate() : day.getDate()
  const on = (of: number) =>
    utc
      ? momentOf(day.getUTCFullYear(), day.getUTCMonth(), of, time, utc)
      : momentOf(day.getFullYear(), day.getMonth(), of, time, utc)
  return on(date) <= now ? on(date) : on(date - 1)
}

function momentOf(year: number, month: number, day: number, time: Time, utc: boolean): number {
  return utc ? Date.UTC(year, month, day, ...time) : new Date(year, month, day, ...time).getTime()
}

/** `Date` takes the 31st of February for the 3rd of March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month, day))
  return date.getUTCMonth() === month && date.getUTCDate() === day
}

const known = (millis: number) => (Number.isNaN(millis) ? null : millis)
