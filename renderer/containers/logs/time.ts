const format = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
})

/** An engine's time stamp as the time of day here, to the millisecond. */
export function timeText(at: string): string {
  const millis = Date.parse(at)
  return Number.isNaN(millis) ? at : format.format(millis)
}
