import { timeFormat } from '../words/formats'

const timeOfDay = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
} as const
const whole = { dateStyle: 'full', timeStyle: 'long', hourCycle: 'h23' } as const
const formats = {
  local: timeFormat(timeOfDay),
  utc: timeFormat({ ...timeOfDay, timeZone: 'UTC' }),
}
const wholeFormats = {
  local: timeFormat(whole),
  utc: timeFormat({ ...whole, timeZone: 'UTC' }),
}

const zone = (utc: boolean) => (utc ? 'utc' : 'local')

/** An engine's time stamp as the time of day, to the millisecond. */
export function timeText(at: string, utc: boolean): string {
  const millis = Date.parse(at)
  return Number.isNaN(millis) ? at : formats[zone(utc)](millis)
}

/** Day, time and zone, and the engine's own stamp with all its digits. */
export function fullTime(at: string, utc: boolean): string {
  const millis = Date.parse(at)
  return Number.isNaN(millis) ? at : `${wholeFormats[zone(utc)](millis)}\n${at}`
}

/** Day and time of a moment, in milliseconds since 1970. */
export function dayAndTime(millis: number, utc: boolean): string {
  return wholeFormats[zone(utc)](millis)
}
