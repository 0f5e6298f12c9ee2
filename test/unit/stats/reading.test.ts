import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metrics } from '../../../preload/contract/stats'
import { createReading, field, Rates, readingFields } from '../../../main/stats/reading'
import { figuresOf } from './figures'

function readingOf(values: Partial<Record<(typeof readingFields)[number], number>>) {
  const reading = createReading()
  for (const [name, value] of Object.entries(values)) {
    reading[readingFields.findIndex((one) => one === name)] = value
  }
  return reading
}

/** The figures after each reading, one a second. */
function ratesOf(...readings: Parameters<typeof readingOf>[0][]) {
  const rates = new Rates()
  return readings.map((values, second) => {
    rates.take(readingOf(values), second * 1_000)
    return { ...figuresOf(rates.values), oomKills: rates.oomKills }
  })
}

test('counters become rates over the measured time', () => {
  const rates = new Rates()
  rates.take(readingOf({ cpuNanos: 1e9, receivedBytes: 500, cpuSomeMicros: 0 }), 10_000)
  expect(figuresOf(rates.values)).toMatchObject({ cpuPercent: null, receivedBytesPerSecond: null })
  rates.take(readingOf({ cpuNanos: 2e9, receivedBytes: 2_500, cpuSomeMicros: 500_000 }), 12_000)
  expect(figuresOf(rates.values)).toMatchObject({
    cpuPercent: 50,
    receivedBytesPerSecond: 1_000,
    cpuSomePressurePercent: 25,
  })
})

test('gauges and limits are there at once', () => {
  const [first] = ratesOf({ memoryBytes: 7, processes: 3, cpuLimitCores: 1.5, processesLimit: 9 })
  expect(first).toMatchObject({
    memoryBytes: 7,
    processes: 3,
    cpuLimitPercent: 150,
    processesLimit: 9,
    memoryLimitBytes: null,
  })
})

test('a counter that went backwards is a gap of that one figure', () => {
  const [, second, third] = ratesOf(
    { cpuNanos: 9e9, sentBytes: 100 },
    { cpuNanos: 1e9, sentBytes: 200 },
    { cpuNanos: 1.5e9, sentBytes: 300 },
  )
  expect(second).toMatchObject({ cpuPercent: null, sentBytesPerSecond: 100 })
  expect(third?.cpuPercent).toBeCloseTo(50)
})

test('throttling is a share of the periods, and of one core; without a quota it is not known', () => {
  const quota = { cpuLimitCores: 0.5 }
  const [, limited] = ratesOf(
    { ...quota, periods: 100, throttledPeriods: 10, throttledNanos: 0 },
    { ...quota, periods: 110, throttledPeriods: 15, throttledNanos: 25e7 },
  )
  expect(limited).toMatchObject({ throttledPeriodsPercent: 50, throttledTimePercent: 25 })
  const [, idle] = ratesOf(
    { ...quota, periods: 5, throttledPeriods: 5, throttledNanos: 5 },
    { ...quota, periods: 5, throttledPeriods: 5, throttledNanos: 5 },
  )
  expect(idle).toMatchObject({ throttledPeriodsPercent: 0, throttledTimePercent: 0 })
  const [, free] = ratesOf({ periods: 0, throttledPeriods: 0 }, { periods: 0, throttledPeriods: 0 })
  expect(free).toMatchObject({ throttledPeriodsPercent: null, throttledTimePercent: null })
})

test('kills for want of memory are counted from one reading to the next', () => {
  const kills = ratesOf({ oomKills: 4 }, { oomKills: 4 }, { oomKills: 6 }, {}, { oomKills: 1 })
  expect(kills.map(({ oomKills }) => oomKills)).toEqual([0, 0, 2, 0, 0])
})

test('a kill before a moment that is to be forgotten is counted all the same', () => {
  const rates = new Rates()
  rates.take(readingOf({ oomKills: 1 }), 0)
  rates.forget()
  rates.take(readingOf({ oomKills: 2 }), 60_000)
  expect(rates.oomKills).toBe(1)
})

test('nothing spans a moment that is to be forgotten, nor two readings at the same time', () => {
  const rates = new Rates()
  rates.take(readingOf({ cpuNanos: 0 }), 0)
  rates.forget()
  rates.take(readingOf({ cpuNanos: 1e9 }), 1_000)
  expect(figuresOf(rates.values).cpuPercent).toBeNull()
  rates.take(readingOf({ cpuNanos: 2e9 }), 1_000)
  expect(figuresOf(rates.values).cpuPercent).toBeNull()
})

test('no figure is ever negative or infinite, whatever the counters and the clock did', () => {
  const value = fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 1e15, noNaN: true }))
  const reading = fc.array(value, {
    minLength: readingFields.length,
    maxLength: readingFields.length,
  })
  // No interval is shorter than a timer's.
  const step = fc.oneof(fc.constant(0), fc.integer({ min: -5_000, max: -1 }), fc.nat(5_000))
  fc.assert(
    fc.property(fc.array(fc.tuple(reading, step)), (readings) => {
      const rates = new Rates()
      let at = 0
      for (const [values, millis] of readings) {
        rates.take(Float64Array.from(values), (at += millis))
        metrics.forEach((_, index) => {
          const figure = rates.values[index] ?? -1
          expect(Number.isNaN(figure) || (figure >= 0 && figure < Infinity)).toBe(true)
        })
        expect(rates.oomKills).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})

test('a reading may be used again for the next container', () => {
  const rates = new Rates()
  const reading = readingOf({ cpuNanos: 1e9 })
  rates.take(reading, 0)
  reading[field.cpuNanos] = 2e9
  rates.take(reading, 1_000)
  expect(figuresOf(rates.values).cpuPercent).toBeCloseTo(100)
})
