import { describe, expect, it } from 'vitest'
import { bytesAxis, percentAxis } from '../../../renderer/stats/axis'
import { figures } from '../../../renderer/stats/figures'
import {
  append,
  labelTimes,
  spanOf,
  summarise,
  windowMillis,
  type Point,
} from '../../../renderer/stats/series'

describe('a charted series', () => {
  const at = (seconds: number) => 1_000_000_000_000 + seconds * 1_000

  it('keeps fifteen minutes', () => {
    const points: Point[] = []
    for (let second = 0; second <= 1_000; second++) append(points, at(second), second)
    expect(points[0]?.x).toBe(at(1_000) - windowMillis)
    expect(points.at(-1)?.y).toBe(1_000)
  })

  it('has a gap where a value is missing and where nobody measured', () => {
    const points: Point[] = []
    append(points, at(0), 1)
    append(points, at(1), null)
    append(points, at(2), 1)
    append(points, at(20), 1)
    expect(points.map(({ y }) => y)).toEqual([1, NaN, 1, NaN, 1])
  })

  it('takes the same minute twice without doubling it', () => {
    const points: Point[] = []
    for (const second of [0, 1, 2, 3]) append(points, at(second), second)
    for (const second of [1, 2, 3, 4]) append(points, at(second), second)
    expect(points.map(({ y }) => y)).toEqual([0, 1, 2, 3, 4])
  })

  it('goes on when the clock was set back', () => {
    const points: Point[] = []
    append(points, at(100), 1)
    append(points, at(50), 2)
    expect(points).toEqual([{ x: at(50), y: 2 }])
  })

  it('is summed up without its gaps', () => {
    const points = [1, NaN, 3].map((y, index) => ({ x: at(index), y }))
    expect(summarise(points)).toEqual({ now: 3, average: 2, peak: 3 })
    expect(summarise([{ x: 0, y: NaN }])).toEqual({ now: null, average: null, peak: null })
    expect(summarise([...points, { x: at(3), y: NaN }]).now).toBeNull()
  })
})

describe('the time shown', () => {
  const minute = 60_000
  const lasting = (millis: number) => [0, millis].map((x) => ({ x, y: 1 }))

  it('is as short as the series, so that a new chart is full at once, up to 15 minutes', () => {
    const spans = [0, 30_000, 70_000, 4 * minute, 15 * minute].map((millis) =>
      spanOf(lasting(millis)),
    )
    expect(spans).toEqual([minute, minute, 2 * minute, 5 * minute, 15 * minute])
    expect(spanOf([])).toBe(minute)
  })

  it('is labelled at round times', () => {
    expect(labelTimes(7_000, 67_000)).toEqual([15_000, 30_000, 45_000, 60_000])
    expect(labelTimes(minute, 16 * minute)).toEqual([5 * minute, 10 * minute, 15 * minute])
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
    expect(figures.memory.axisText(64 * 2 ** 20)).toBe('64 MiB')
    expect(figures.cpu.axisText(20)).toBe('20%')
  })
})
