import { describe, expect, it } from 'vitest'
import { parseMoment } from '../../../../renderer/logs/moment'

const now = Date.UTC(2026, 4, 10, 12, 30)
const read = (text: string) => {
  const moment = parseMoment(text, now, true)
  return moment === null ? null : new Date(moment).toISOString()
}

describe('a time to jump to', () => {
  it.each([
    ['5 min ago', '2026-05-10T12:25:00.000Z'],
    ['90s', '2026-05-10T12:28:30.000Z'],
    ['1.5 hours ago', '2026-05-10T11:00:00.000Z'],
    ['10 mins', '2026-05-10T12:20:00.000Z'],
    ['2 hrs ago', '2026-05-10T10:30:00.000Z'],
    ['2d', '2026-05-08T12:30:00.000Z'],
    ['vor 5 min', '2026-05-10T12:25:00.000Z'],
    ['vor 1,5 Stunden', '2026-05-10T11:00:00.000Z'],
    ['vor 2 Tagen', '2026-05-08T12:30:00.000Z'],
    ['30 Sek', '2026-05-10T12:29:30.000Z'],
    ['31.01.2026', '2026-01-31T00:00:00.000Z'],
    ['31.1.2026 14:05', '2026-01-31T14:05:00.000Z'],
    ['31.01.2026, 14:05:30', '2026-01-31T14:05:30.000Z'],
    ['12:05', '2026-05-10T12:05:00.000Z'],
    ['12:05:30.25', '2026-05-10T12:05:30.250Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31 14:05', '2026-01-31T14:05:00.000Z'],
    ['2026-01-31T14:05:06.007Z', '2026-01-31T14:05:06.007Z'],
    ['2026-01-31T14:05:06+02:00', '2026-01-31T12:05:06.000Z'],
  ])('is read as people write it: %s', (text, meant) => {
    expect(read(text)).toBe(meant)
  })

  it('without a day is the last one: yesterday, if it is not so late yet', () => {
    expect(read('23:59')).toBe('2026-05-09T23:59:00.000Z')
  })

  it('is the person’s own, where not UTC is meant', () => {
    expect(parseMoment('2026-01-31 14:05', now, false)).toBe(new Date(2026, 0, 31, 14, 5).getTime())
  })

  it.each([
    ...['', 'soon', '25:00', '12:61', '5 parsecs ago', '2 months ago', '20 ms', '2026-13'],
    ...['vor 2 Monaten', '31.02.2026', '31.01.26', '31.01.2026x'],
    ...['2026-02-31', '2026-02-29 10:00', '2026-00-10', '2026-04-31T10:00:00Z'],
  ])('is none: "%s"', (text) => {
    expect(parseMoment(text, now, true)).toBeNull()
  })
})
