import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EndingMerge, LiveMerge, TailMerge } from '../../../main/logs/merge'
import { rawLine, textOf } from './rawLines'

const line = (source: number, seconds: number, text = `${source}:${seconds}`) =>
  rawLine({ source, seconds, text })

describe('the last lines of several containers', () => {
  it('come by time, from where they are complete', () => {
    const merge = new TailMerge(3, 10)
    for (const seconds of [1, 2, 9]) merge.add(line(0, seconds))
    // The first of one that is cut off may be the end of a line.
    for (const seconds of [4, 5, 6, 7]) merge.add(line(1, seconds))
    merge.markCut(1)
    for (const seconds of [6, 8]) merge.add(line(2, seconds))
    const texts: string[] = []
    expect(merge.flush((each) => texts.push(textOf(each)))).toBe(true)
    expect(texts).toEqual(['1:5', '1:6', '2:6', '1:7', '2:8', '0:9'])
  })

  it('are the last ones where more come, or where they come anew', () => {
    const merge = new TailMerge(1, 2)
    for (const seconds of [1, 2]) merge.add(line(0, seconds))
    merge.begin(0)
    for (const seconds of [3, 4, 5]) merge.add(line(0, seconds))
    const texts: string[] = []
    expect(merge.flush((each) => texts.push(textOf(each)))).toBe(true)
    expect(texts).toEqual(['0:4', '0:5'])
  })

  it('are as many as were wanted where the streams of one are stamped out of order', () => {
    const merge = new TailMerge(2, 3)
    for (const seconds of [3, 5, 4, 6]) merge.add(line(0, seconds))
    for (const seconds of [4, 7]) merge.add(line(1, seconds))
    const texts: string[] = []
    expect(merge.flush((each) => texts.push(textOf(each)))).toBe(true)
    expect(texts).toEqual(['0:5', '0:4', '0:6', '1:7'])
  })

  it('are all there is where none was cut off', () => {
    const merge = new TailMerge(2, 2_000)
    merge.add(line(0, 2))
    merge.add(line(1, 1))
    const texts: string[] = []
    expect(merge.flush((each) => texts.push(textOf(each)))).toBe(false)
    expect(texts).toEqual(['1:1', '0:2'])
  })

  it('give their oldest away where they are too long, and say so', () => {
    const merge = new TailMerge(2, 2_000)
    for (let seconds = 0; seconds < 1_000; seconds++) {
      merge.add(line(0, seconds, 'x'.repeat(50_000)))
    }
    let kept = 0
    expect(merge.flush(() => (kept += 1))).toBe(true)
    expect(kept).toBeLessThan(700)
    expect(kept).toBeGreaterThan(600)
  })
})

describe('logs that come to an end', () => {
  it('are merged by time, and none is lost', () => {
    const anyTimes = fc
      .array(fc.nat(20), { maxLength: 20 })
      .map((times) => times.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(
        fc.array(anyTimes, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        (logs, order) => {
          const merged: { source: number; seconds: number }[] = []
          const merge = new EndingMerge(logs.length, ({ source, seconds }) =>
            merged.push({ source, seconds }),
          )
          const left = logs.map((times, source) => ({ source, times: [...times] }))
          while (left.length > 0) {
            const at = (order.next().value ?? 0) % left.length
            const next = left[at]
            const seconds = next?.times.shift()
            if (next && seconds !== undefined) merge.add(line(next.source, seconds))
            else if (next) {
              merge.end(next.source)
              left.splice(at, 1)
            }
          }
          const times = merged.map(({ seconds }) => seconds)
          expect(times).toEqual(times.toSorted((a, b) => a - b))
          for (const [source, all] of logs.entries()) {
            expect(
              merged.filter((each) => each.source === source).map(({ seconds }) => seconds),
            ).toEqual(all)
          }
        },
      ),
    )
  })

  it('make who is ahead wait for the others', async () => {
    const merge = new EndingMerge(2, () => undefined)
    for (let at = 0; at < 30; at++) merge.add(line(0, at, 'x'.repeat(50_000)))
    const room = merge.room(0)
    expect(room).not.toBeNull()
    expect(merge.room(1)).toBeNull()
    merge.end(1)
    await room
    expect(merge.room(0)).toBeNull()
  })
})

it('lines of several containers as they come are put in order within a short window', async () => {
  const texts: string[] = []
  let all: () => void = () => undefined
  const done = new Promise<void>((resolve) => (all = resolve))
  const merge = new LiveMerge(2, (each) => {
    if (texts.push(textOf(each)) === 4) all()
  })
  for (const [source, seconds] of [
    [0, 2],
    [0, 4],
    [1, 1],
    [1, 3],
  ] as const)
    merge.add(line(source, seconds))
  expect(texts).toEqual([])
  await done
  expect(texts).toEqual(['1:1', '0:2', '1:3', '0:4'])
  merge.close()
})

it('lines that come faster than the window lasts do not pile up', () => {
  let passed = 0
  const merge = new LiveMerge(2, () => (passed += 1))
  for (let at = 0; at < 1_000; at++) merge.add(line(0, at, 'x'.repeat(50_000)))
  expect(passed).toBeGreaterThan(800)
  merge.close()
})
