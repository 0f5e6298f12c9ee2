import { describe, expect, it } from 'vitest'
import { unitOf } from '../../../preload/contract/figures'
import { bytesAxis, percentAxis } from '../../../renderer/stats/axis'
import { append, summarise, valueNear, type Point } from '../../../renderer/stats/series'
import { units } from '../../../renderer/stats/units'
import { valueOf } from '../../../renderer/stats/values'
import { figures } from './fixtures'

const at = (seconds: number) => 1_000_000_000_000 + seconds * 1_000
const gap = 15_000

function seriesOf(values: readonly (number | null)[]): Point[] {
  const points: Point[] = []
  values.forEach((value, second) => append(points, at(second), value, gap))
  return points
}

describe('a charted series', () => {
  it('has a gap where a value is missing and where nobody measured', () => {
    const points = seriesOf([1, null, 1])
    append(points, at(12), 1, gap)
    append(points, at(40), 1, gap)
    expect(points.map(({ y }) => y)).toEqual([1, NaN, 1, 1, NaN, 1])
  })

  it('takes the same minute twice without doubling it', () => {
    const points = seriesOf([0, 1, 2, 3])
    for (const second of [1, 2, 3, 4]) append(points, at(second), second, gap)
    expect(points.map(({ y }) => y)).toEqual([0, 1, 2, 3, 4])
  })

  it('goes on when the clock was set back', () => {
    const points: Point[] = []
    append(points, at(100), 1, gap)
    append(points, at(50), 2, gap)
    expect(points).toEqual([{ x: at(50), y: 2 }])
  })

  it('is summed up without its gaps, and only within the time shown', () => {
    const points = seriesOf([100, 1, null, 3])
    const summary = { last: 3, least: 1, average: 2, peak: 3 }
    expect(summarise(points, { from: at(1), to: at(3) })).toEqual(summary)
    expect(summarise(points, { from: at(1), to: at(2) }).last).toBeNull()
    const nothing = { last: null, least: null, average: null, peak: null }
    expect(summarise(points, { from: at(2), to: at(2) })).toEqual(nothing)
  })

  it('is least and most where its samples were, not its averages', () => {
    const span = { from: at(0), to: at(1) }
    const edges = { minimum: seriesOf([0, 1]), maximum: seriesOf([1, 9]) }
    expect(summarise(seriesOf([1, 2]), span, edges)).toMatchObject({ least: 0, peak: 9 })
  })

  it('tells the value nearest to a moment, but none across a gap', () => {
    const points = seriesOf([1, 2, null])
    append(points, at(60), 5, gap)
    expect(valueNear(points, at(0.4), gap)).toBe(1)
    expect(valueNear(points, at(0.6), gap)).toBe(2)
    expect(valueNear(points, at(30), gap)).toBeNull()
    expect(valueNear(points, at(59), gap)).toBe(5)
    expect(valueNear([], at(0), gap)).toBeNull()
  })
})

describe('axes', () => {
  it.each([
    [0, 1, 1],
    [3, 1, 4],
    [50, 20, 60],
    [100, 50, 150],
    [340, 100, 400],
  ])('a load of %d%% stands on lines every %d up to %d', (highest, step, max) => {
    expect(percentAxis(highest)).toEqual({ step, max })
  })

  it('puts lines at whole powers of two bytes', () => {
    const MiB = 2 ** 20
    expect(bytesAxis(256 * MiB)).toEqual({ step: 64 * MiB, max: 320 * MiB })
    expect(bytesAxis(0)).toEqual({ step: MiB / 4, max: MiB / 4 })
  })

  it('are labelled without useless decimals', () => {
    expect(units.bytes.axisText(64 * 2 ** 20)).toBe('64 MiB')
    expect(units.percent.axisText(20)).toBe('20%')
    expect(units.bytesPerSecond.axisText(512)).toBe('512 B/s')
  })

  it('know the unit from the name of the metric', () => {
    expect(unitOf('cpuOfLimitPercent')).toBe('percent')
    expect(unitOf('memoryLimitBytes')).toBe('bytes')
    expect(unitOf('sentBytesPerSecond')).toBe('bytesPerSecond')
    expect(unitOf('processesLimit')).toBe('count')
  })
})

describe('a value of a tick', () => {
  it('is found by its name, and is unknown of a container that is not measured', () => {
    const stats = figures('a', { cpuPercent: 25, cpuLimitPercent: 50 })
    expect(valueOf(stats, 'cpuPercent')).toBe(25)
    expect(valueOf(stats, 'memoryBytes')).toBeNull()
    expect(valueOf(undefined, 'cpuPercent')).toBeNull()
  })

  it('is a share of the limit where there is one', () => {
    const stats = figures('a', { cpuPercent: 25, cpuLimitPercent: 50, memoryBytes: 1 })
    expect(valueOf(stats, 'cpuOfLimitPercent')).toBe(50)
    expect(valueOf(stats, 'memoryOfLimitPercent')).toBeNull()
  })
})
