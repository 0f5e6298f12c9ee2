import { describe, expect, it } from 'vitest'
import { LinePages } from '../../../../renderer/logs/linePages'
import { logLine } from './fixtures'

const linesOf = (from: number, to: number, text = 'x') =>
  Array.from({ length: to - from }, (_, index) => {
    return [from + index, logLine(from + index, { text })] as const
  })

describe('the lines that a window keeps of a log', () => {
  it('are known by their place, before and after line 0', () => {
    const pages = new LinePages()
    pages.put(linesOf(-250, 250))
    for (const place of [-250, -200, -1, 0, 199, 249]) expect(pages.at(place)?.number).toBe(place)
    expect(pages.at(250)).toBeUndefined()
    expect(pages.at(-251)).toBeUndefined()
  })

  it('are asked for from the first that is not there, to the end of its page', () => {
    const pages = new LinePages()
    expect(pages.gaps(-10, 210)).toEqual([
      { from: -10, count: 10 },
      { from: 0, count: 200 },
      { from: 200, count: 200 },
    ])
    pages.put(linesOf(-10, 150))
    expect(pages.gaps(-10, 150)).toEqual([])
    expect(pages.gaps(100, 160)).toEqual([{ from: 150, count: 50 }])
  })

  it('stay on screen when they may be told otherwise, and are asked for again', () => {
    const pages = new LinePages()
    pages.put(linesOf(0, 200))
    pages.spoil()
    expect(pages.at(5)?.number).toBe(5)
    pages.put(linesOf(190, 200))
    expect(pages.gaps(185, 200)).toEqual([{ from: 185, count: 15 }])
    expect(pages.gaps(190, 200)).toEqual([])
  })

  it('are bounded in number: those not looked at longest go first', () => {
    const pages = new LinePages()
    pages.put(linesOf(0, 200))
    for (let from = 200; from < 40_000; from += 200) {
      pages.gaps(0, 10)
      pages.put(linesOf(from, from + 200))
    }
    expect(pages.at(0)).toBeDefined()
    expect(pages.at(200)).toBeUndefined()
    expect(pages.at(39_999)).toBeDefined()
  })

  it('are bounded in size, however long each is', () => {
    const pages = new LinePages()
    const text = 'y'.repeat(64 * 1024)
    for (let from = 0; from < 2_000; from += 200) pages.put(linesOf(from, from + 200, text))
    const kept = Array.from({ length: 10 }, (_, page) => pages.at(page * 200)).filter(Boolean)
    expect(kept.length).toBe(2)
    expect(pages.at(1_999)).toBeDefined()
  })
})
