/** Pure formatting: values in, short texts out. Every text keeps one form, so that moving numbers do not move the layout. */

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** `512 B`, `1.5 KiB`, `12.0 GiB`. */
export function bytes(count: number): string {
  const { value, unit } = scaleBytes(count)
  return `${unit === 'B' ? String(Math.round(value)) : value.toFixed(1)} ${unit}`
}

/** For numbers that are round: `64 MiB`, `1.25 GiB`. */
export function roundBytes(count: number): string {
  const { value, unit } = scaleBytes(count)
  return `${Math.round(value * 100) / 100} ${unit}`
}

function scaleBytes(count: number): { value: number; unit: string } {
  let value = count
  let power = 0
  // 1023.95 would be written as 1024.0.
  while (Math.abs(value) >= 1023.95 && power < binaryUnits.length - 1) {
    value /= 1024
    power++
  }
  return { value, unit: binaryUnits[power] ?? '' }
}

/** `12.3%`. One busy core is 100. */
export function percent(value: number): string {
  return `${value.toFixed(1)}%`
}

/** `0.5`, `2`: cores, two decimals at most. */
export function cores(count: number): string {
  return String(Math.round(count * 100) / 100)
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Two units at most: `850 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function duration(millis: number): string {
  if (millis < second) return `${Math.max(0, Math.round(millis))} ms`
  if (millis < 10 * second) return `${(Math.floor(millis / 100) / 10).toFixed(1)} s`
  if (millis < minute) return `${Math.floor(millis / second)} s`
  if (millis < hour) return pair(millis, minute, 'min', second, 's')
  if (millis < day) return pair(millis, hour, 'h', minute, 'min')
  return pair(millis, day, 'd', hour, 'h')
}

function pair(millis: number, big: number, bigName: string, small: number, smallName: string) {
  const rest = Math.floor((millis % big) / small)
  const first = `${Math.floor(millis / big)} ${bigName}`
  return rest === 0 ? first : `${first} ${rest} ${smallName}`
}

/** One unit: `5 s`, `12 min`, `3 h`, `9 d`, `4 mo`, `2 y`. Clocks that disagree give `0 s`, not less. */
export function age(then: number, now: number): string {
  const millis = now - then
  if (millis < minute) return `${Math.max(0, Math.floor(millis / second))} s`
  if (millis < hour) return `${Math.floor(millis / minute)} min`
  if (millis < day) return `${Math.floor(millis / hour)} h`
  const days = Math.floor(millis / day)
  if (days < 60) return `${days} d`
  if (days < 730) return `${Math.floor(days / 30.44)} mo`
  return `${Math.floor(days / 365.25)} y`
}

/** False for the moments that reproducible builds write in place of one: 1970, and Go's year 1. */
export function isRecorded(at: number): boolean {
  return at > 0
}

const momentFormat = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'medium',
})

/** A moment in the person's own zone and order. */
export function moment(at: number): string {
  return momentFormat.format(at)
}

/** The twelve digits that command lines show. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12)
}

interface PublishedPort {
  hostIp: string
  hostPort: number | null
  containerPort: number
  protocol: string
}

/** `8080→80`, `53→53/udp`, and `80` where it is not published. */
export function portText({ hostPort, containerPort, protocol }: PublishedPort): string {
  const suffix = protocol === 'tcp' ? '' : `/${protocol}`
  return hostPort === null ? `${containerPort}${suffix}` : `${hostPort}→${containerPort}${suffix}`
}
