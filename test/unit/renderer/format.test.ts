import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portAddress } from '../../../preload/contract/portAddress'
import {
  age,
  bytes,
  cores,
  duration,
  moment,
  percent,
  portText,
  roundBytes,
  roundPercent,
  shortId,
  wholeNumber,
} from '../../../renderer/format'
import { showLanguage } from '../../../renderer/words/language'

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [1_023, '1023 B'],
    [1_024, '1.0 KiB'],
    [1_048_575, '1.0 MiB'],
    [13_002_342, '12.4 MiB'],
    [16 * 2 ** 30, '16.0 GiB'],
    [2 ** 60, '1024.0 PiB'],
  ])('writes %d as %s', (count, text) => {
    expect(bytes(count)).toBe(text)
  })
})

describe('round bytes', () => {
  it('have no decimals that say nothing', () => {
    expect([64 * 2 ** 20, 1.25 * 2 ** 20, 0].map(roundBytes)).toEqual(['64 MiB', '1.25 MiB', '0 B'])
  })
})

describe('times', () => {
  it.each([
    [0, '0 ms'],
    [850, '850 ms'],
    [4_250, '4.2 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [90_000_000, '1 d 1 h'],
  ])('a duration of %d ms is %s', (millis, text) => {
    expect(duration(millis)).toBe(text)
  })

  it.each([
    [5_400, '5 s'],
    [59 * 60_000, '59 min'],
    [26 * 3_600_000, '1 d'],
    [90 * 86_400_000, '2 mo'],
    [800 * 86_400_000, '2 y'],
  ])('what was %d ms ago is %s old', (millis, text) => {
    expect(age(1_000_000_000_000 - millis, 1_000_000_000_000)).toBe(text)
  })

  it('calls what a faster clock dated into the future new', () => {
    expect(age(2_000, 1_000)).toBe('0 s')
  })
})

describe('numbers', () => {
  it('writes percents with one decimal, so that a column of them stays still', () => {
    expect([percent(0), percent(12.34), percent(200)]).toEqual(['0.0%', '12.3%', '200.0%'])
  })

  it('writes round percents as short as they are', () => {
    expect([roundPercent(50), roundPercent(2.5), roundPercent(1_200)]).toEqual([
      '50%',
      '2.5%',
      '1200%',
    ])
  })

  it('keeps thousands apart in whole numbers', () => {
    expect(wholeNumber(1_234_567)).toBe('1,234,567')
  })

  it('writes cores with two decimals at most', () => {
    expect([cores(2), cores(0.5), cores(1 / 3)]).toEqual(['2', '0.5', '0.33'])
  })

  it('shortens ids of both engines to twelve digits', () => {
    expect(shortId(`sha256:${'ab'.repeat(32)}`)).toBe('abababababab')
    expect(shortId('cd'.repeat(32))).toBe('cdcdcdcdcdcd')
  })
})

describe('ports', () => {
  const port = { hostIp: '0.0.0.0', hostPort: 8080, containerPort: 80, protocol: 'tcp' }

  it('names both ends, and the protocol where it is not TCP', () => {
    expect(portText(port)).toBe('8080→80')
    expect(portText({ ...port, protocol: 'udp' })).toBe('8080→80/udp')
    expect(portText({ ...port, hostPort: null })).toBe('80')
  })

  it.each([
    ['0.0.0.0', 'http://localhost:8080'],
    ['::', 'http://localhost:8080'],
    ['', 'http://localhost:8080'],
    ['192.168.1.4', 'http://192.168.1.4:8080'],
    ['fe80::1', 'http://[fe80::1]:8080'],
  ])('reaches a port bound to "%s" at %s', (hostIp, address) => {
    expect(portAddress({ ...port, hostIp })).toBe(address)
  })

  it('has no address for what a browser cannot reach', () => {
    expect(portAddress({ ...port, hostPort: null })).toBeNull()
    expect(portAddress({ ...port, protocol: 'udp' })).toBeNull()
  })
})

describe('in German', () => {
  beforeAll(() => showLanguage('de'))
  afterAll(() => showLanguage('en'))

  it('numbers have a comma, and a space before what they are counted in', () => {
    expect([bytes(1_536), roundBytes(1.25 * 2 ** 30), cores(0.5)]).toEqual([
      '1,5 KiB',
      '1,25 GiB',
      '0,5',
    ])
    expect([percent(12.34), roundPercent(50)]).toEqual(['12,3\u00a0%', '50\u00a0%'])
    expect(wholeNumber(1_234_567)).toBe('1.234.567')
  })

  it.each([
    [850, '850 ms'],
    [4_250, '4,2 s'],
    [59_999, '59 s'],
    [200_000, '3 Min. 20 s'],
    [7_500_000, '2 Std. 5 Min.'],
    [90_000_000, '1 Tg. 1 Std.'],
  ])('a duration of %d ms is %s', (millis, text) => {
    expect(duration(millis)).toBe(text)
  })

  it.each([
    [5_400, '5 s'],
    [59 * 60_000, '59 Min.'],
    [26 * 3_600_000, '1 Tg.'],
    [90 * 86_400_000, '2 Mon.'],
    [800 * 86_400_000, '2 J.'],
  ])('what was %d ms ago is %s old', (millis, text) => {
    expect(age(1_000_000_000_000 - millis, 1_000_000_000_000)).toBe(text)
  })

  it('the day stands before the month, and the clock has 24 hours', () => {
    expect(moment(new Date(2026, 0, 31, 14, 5, 9).getTime())).toBe('31.01.2026, 14:05:09')
  })
})
