import { describe, expect, it } from 'vitest'
import { newRawLine } from '../../../main/logs/rawLine'
import { createStampReader, formatStamp, stampParameter } from '../../../main/logs/stamp'

const read = createStampReader()

function take(text: string) {
  const bytes = Buffer.from(`..${text}`)
  const line = { ...newRawLine(0), bytes, start: 2, end: bytes.length }
  read(line)
  const rest = bytes.subarray(line.start, line.end).toString()
  return { at: line.timed ? formatStamp(line) : null, rest }
}

describe('the time stamp before a line', () => {
  it.each([
    ['2026-11-27T01:54:50.123456789Z hello', '2026-11-27T01:54:50.123456789Z', 'hello'],
    ['2026-11-27T01:54:50Z hello', '2026-11-27T01:54:50Z', 'hello'],
    ['2026-11-27T03:54:50+02:00 hello', '2026-11-27T01:54:50Z', 'hello'],
    ['2026-11-26T20:24:50.5-05:30 hello', '2026-11-27T01:54:50.500000000Z', 'hello'],
    ['2024-02-29T23:59:59.000000001Z ', '2024-02-29T23:59:59.000000001Z', ''],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59Z', ''],
    ['2026-11-27T01:54:50Z  indented', '2026-11-27T01:54:50Z', ' indented'],
  ])('%s', (text, at, rest) => {
    expect(take(text)).toEqual({ at, rest })
  })

  it.each([
    '',
    'hello',
    '2026-11-27 01:54:50 hello',
    '2026-11-27T01:54:5xZ hello',
    '2026-11-27T01:54:50 x',
  ])('%j has none', (text) => {
    expect(take(text)).toEqual({ at: null, rest: text })
  })

  it('is given to the engine as seconds with a fraction', () => {
    expect(stampParameter({ seconds: 12, nanos: 5_000 })).toBe('12.000005000')
  })
})
