import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LogPosition } from '../../../main/logs/position'
import { rawLine, textOf } from './rawLines'

describe('the position in a log', () => {
  it('recognises delivered lines of a shared time stamp by their number, per stream', () => {
    const position = new LogPosition()
    const log = [
      rawLine({ seconds: 10 }),
      rawLine({ seconds: 10 }),
      rawLine({ seconds: 10, stderr: true }),
      rawLine({ seconds: 10 }),
      rawLine({ seconds: 10, stderr: true }),
      rawLine({ seconds: 11 }),
    ]
    expect(log.slice(0, 3).map((line) => position.accept(line))).toEqual([true, true, true])
    position.resume()
    expect(log.map((line) => position.accept(line))).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ])
  })

  it('recognises them also when it is resumed twice in the same second', () => {
    const position = new LogPosition()
    const log = Array.from({ length: 6 }, () => rawLine({ seconds: 10 }))
    const fresh = (lines: typeof log) => lines.filter((line) => position.accept(line)).length
    expect(fresh(log.slice(0, 2))).toBe(2)
    position.resume()
    expect(fresh(log.slice(0, 4))).toBe(2)
    position.resume()
    expect(fresh(log)).toBe(2)
  })

  it('knows what has come to a line that was delivered before it was over, and only that', () => {
    const position = new LogPosition()
    const part = { ...rawLine({ seconds: 10, text: 'la' }), unfinished: true }
    expect(
      [rawLine({ seconds: 10, text: 'a' }), part].map((line) => position.accept(line)),
    ).toEqual([...[true, true]])
    for (const [text, rest] of [
      ['la', null],
      ['last', 'st'],
      ['last', null],
    ] as const) {
      position.resume()
      expect(position.accept(rawLine({ seconds: 10, text: 'a' }))).toBe(false)
      const line = rawLine({ seconds: 10, text })
      expect(position.accept(line)).toBe(rest !== null)
      if (rest !== null) expect(textOf(line)).toBe(rest)
    }
  })

  it('repeats nothing and loses nothing, from wherever the log is read again', () => {
    const stamps = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(stamps, fc.nat(), fc.nat(), (steps, cutSeed, backSeed) => {
        let seconds = 0
        const log = steps.map((step, index) => {
          seconds += step
          return rawLine({ seconds, text: String(index), stderr: index % 3 === 0 })
        })
        const cut = cutSeed % (log.length + 1)
        const position = new LogPosition()
        const shown = log.slice(0, cut).filter((one) => position.accept(one))
        position.resume()
        // The engine answers from some moment at or before the last line on, whole time stamps only.
        const from = cut === 0 ? 0 : (log[Math.max(0, cut - 1 - (backSeed % 5))]?.seconds ?? 0)
        const again = log.filter((one) => one.seconds >= from)
        shown.push(...again.filter((one) => position.accept(one)))
        expect(shown).toEqual(log)
      }),
    )
  })

  it('knows whether lines that are read again reach back far enough', () => {
    const position = new LogPosition()
    expect(position.reachesBack(rawLine({ seconds: 10 }))).toBe(true)
    position.accept(rawLine({ seconds: 10, nanos: 500 }))
    expect(position.reachesBack(rawLine({ seconds: 9, nanos: 500 }))).toBe(true)
    // A part of the lines with that stamp may be missing.
    expect(position.reachesBack(rawLine({ seconds: 10, nanos: 500 }))).toBe(false)
    expect(position.reachesBack(rawLine({ seconds: 11 }))).toBe(false)
  })

  it('asks for what came a little before the newest line of either stream', () => {
    const position = new LogPosition()
    expect(position.since()).toBeNull()
    position.accept(rawLine({ seconds: 100, nanos: 5 }))
    position.accept(rawLine({ seconds: 90, stderr: true }))
    expect(position.since()).toEqual({ seconds: 98, nanos: 5 })
  })
})
