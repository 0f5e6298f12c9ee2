import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Beginnings, Seam } from '../../../main/logs/seam'
import { rawLine, textOf, type Written } from './rawLines'

/** A log of two streams whose time stamps never go back, many lines to a stamp. */
const anyLog = fc
  .array(fc.record({ wait: fc.constantFrom(0, 0, 0, 1), stderr: fc.boolean() }), { maxLength: 60 })
  .map((entries) => {
    let seconds = 10
    return entries.map(({ wait, stderr }, index): Written => {
      seconds += wait
      return { text: String(index), seconds, stderr }
    })
  })

describe('the seam between what is read from the end and from the beginning', () => {
  it('loses no line and repeats none, wherever it falls', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(), (log, place) => {
        const cut = place % (log.length + 1)
        const zero = log[cut]?.seconds
        if (zero === undefined) return
        const beginnings = new Beginnings(1)
        for (const line of log.slice(cut)) beginnings.note(rawLine(line))
        const earlier: string[] = []
        const until = { seconds: zero + 1, nanos: 0 }
        const seam = new Seam(beginnings.of(0), until, (line) => earlier.push(textOf(line)))
        for (const line of log) seam.accept(rawLine(line))
        seam.end()
        expect(earlier).toEqual(log.slice(0, cut).map(({ text }) => text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('holds back no more than what is shown of the shared stamp', () => {
    const beginnings = new Beginnings(1)
    for (let at = 0; at < 3; at++) beginnings.note(rawLine({ seconds: 10 }))
    const passed: string[] = []
    const seam = new Seam(beginnings.of(0), { seconds: 11, nanos: 0 }, (line) =>
      passed.push(textOf(line)),
    )
    for (let at = 0; at < 100; at++) {
      seam.accept(rawLine({ seconds: 10, text: String(at) }))
      expect(passed.length).toBe(Math.max(0, at - 2))
    }
  })
})
