import { useWords } from './words'
import { numberFormat, timeFormat } from './words/formats'

/**
 * Values in, short texts in the person's language out; in a template or a computed they follow when it
 * is changed. Every text keeps one form, so that moving numbers do not move the layout.
 */
const { t } = useWords()

const oneDecimal = numberFormat({
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  useGrouping: false,
})
const twoDecimalsAtMost = numberFormat({ maximumFractionDigits: 2, useGrouping: false })

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** `512 B`, `1.5 KiB`, `12.0 GiB`. */
export function bytes(count: number): string {
  const { value, unit } = scaleBytes(count)
  return `${unit === 'B' ? String(Math.round(value)) : oneDecimal(value)} ${unit}`
}

/** For numbers that are round: `64 MiB`, `1.25 GiB`. */
export function roundBytes(count: number): string {
  const { value, unit } = scaleBytes(count)
  return `${twoDecimalsAtMost(value)} ${unit}`
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

const share = numberFormat({
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  useGrouping: false,
})

/** `12.3%`. One busy core is 100. */
export function percent(value: number): string {
  return share(value / 100)
}

const roundShare = numberFormat({ style: 'percent', maximumFractionDigits: 1, useGrouping: false })

/** For percents that are round: `50%`, `2.5%`. */
export function roundPercent(value: number): string {
  return roundShare(value / 100)
}

/** `0.5`, `2`: cores, two decimals at most. */
export function cores(count: number): string {
  return twoDecimalsAtMost(count)
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Two units at most: `850 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function duration(millis: number): string {
  if (millis < second) return `${Math.max(0, Math.round(millis))} ms`
  if (millis < 10 * second) return inUnit(Math.floor(millis / 100) / 10, 'second', oneDecimal)
  if (millis < minute) return inUnit(millis / second, 'second')
  if (millis < hour) return pair(millis, minute, 'minute', second, 'second')
  if (millis < day) return pair(millis, hour, 'hour', minute, 'minute')
  return pair(millis, day, 'day', hour, 'hour')
}

type TimeUnit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year'

/** Whole ones, unless told how to write others. */
function inUnit(count: number, unit: TimeUnit, write = (some: number) => String(Math.floor(some))) {
  return `${write(count)} ${t(`ui.timeUnits.${unit}`)}`
}

function pair(millis: number, big: number, bigUnit: TimeUnit, small: number, smallUnit: TimeUnit) {
  const rest = Math.floor((millis % big) / small)
  const first = inUnit(millis / big, bigUnit)
  return rest === 0 ? first : `${first} ${inUnit(rest, smallUnit)}`
}

/** One unit: `5 s`, `12 min`, `3 h`, `9 d`, `4 mo`, `2 y`. Clocks that disagree give `0 s`, not less. */
export function age(then: number, now: number): string {
  const millis = now - then
  if (millis < minute) return inUnit(Math.max(0, millis / second), 'second')
  if (millis < hour) return inUnit(millis / minute, 'minute')
  if (millis < day) return inUnit(millis / hour, 'hour')
  const days = Math.floor(millis / day)
  if (days < 60) return inUnit(days, 'day')
  if (days < 730) return inUnit(days / 30.44, 'month')
  return inUnit(days / 365.25, 'year')
}

/** False for the moments that reproducible builds write in place of one: 1970, and Go's year 1. */
export function isRecorded(at: number): boolean {
  return at > 0
}

/** A moment in the person's own zone and order. */
export const moment = timeFormat({ dateStyle: 'medium', timeStyle: 'medium' })

/** A time of day, to the second. */
export const timeOfDay = timeFormat({ timeStyle: 'medium' })

/** A whole number, its thousands apart where the language does so. */
export const wholeNumber = numberFormat({ maximumFractionDigits: 0 })

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
