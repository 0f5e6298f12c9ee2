import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref, shallowRef, type EffectScope } from 'vue'
import { createRing, peak, push, ringLength } from '../../../renderer/stats/ring'
import { traceRing } from '../../../renderer/stats/sparkline'
import { budgetMillis, createDrawingQueue } from '../../../renderer/stats/drawingQueue'
import { calmMillis, useCalm } from '../../../renderer/stats/useCalm'

describe('the small line of a row', () => {
  const box = { width: 59, height: 18 }

  function trace(values: (number | null)[], top: number): string[] {
    const ring = createRing()
    for (const value of values) push(ring, value)
    const steps: string[] = []
    const pen = {
      moveTo: (x: number, y: number) => void steps.push(`to ${x},${y}`),
      lineTo: (x: number, y: number) => void steps.push(`line ${x},${y}`),
    }
    traceRing(pen, ring, top, box)
    return steps
  }

  it('shows the last minute, from left to right', () => {
    expect(trace([0, 10], 10)).toEqual(['to 58,17', 'line 59,1'])
  })

  it('is broken by a gap', () => {
    expect(trace([1, null, 1], 2)).toEqual(['to 57,9', 'to 59,9'])
  })

  it('forgets what is older than a minute', () => {
    const ring = createRing()
    push(ring, 99)
    for (let count = 0; count < ringLength; count++) push(ring, 1)
    expect(peak(ring)).toBe(1)
  })

  it('stays inside its box', () => {
    expect(trace([50], 10)).toEqual(['to 59,1'])
    expect(trace([50], 0)).toEqual(['to 59,17'])
  })
})

describe('the sparklines of a page', () => {
  /** A page whose frames and clock go on when the test says so; every drawing takes a millisecond. */
  function createPage() {
    let clock = 0
    let frames: (() => void)[] = []
    const page = { hidden: false }
    const drawn: string[] = []
    const queue = createDrawingQueue({
      request: (draw) => frames.push(draw),
      cancel: () => (frames = []),
      now: () => clock,
      hidden: () => page.hidden,
    })
    const drawing = (name: string, inView = true) => ({
      inView: () => inView,
      draw() {
        clock += 1
        drawn.push(name)
      },
    })
    /** What one frame draws. */
    function frame(): string[] {
      const due = frames
      frames = []
      drawn.length = 0
      for (const draw of due) draw()
      clock += 16
      return [...drawn]
    }
    return { page, queue, drawing, frame, waiting: () => frames.length }
  }

  it('are drawn until the budget of the frame is spent, the rest in the next frames', () => {
    const { queue, drawing, frame, waiting } = createPage()
    const names = Array.from({ length: 10 }, (_, index) => `row ${index}`)
    for (const name of names) queue.ask(drawing(name))
    expect(frame()).toEqual(names.slice(0, budgetMillis))
    expect(frame()).toEqual(names.slice(budgetMillis, 2 * budgetMillis))
    expect(frame()).toEqual(names.slice(2 * budgetMillis))
    expect(waiting()).toBe(0)
  })

  it('are drawn first where they are in view', () => {
    const { queue, drawing, frame } = createPage()
    queue.ask(drawing('above', false))
    queue.ask(drawing('seen'))
    queue.ask(drawing('below', false))
    expect(frame()).toEqual(['seen', 'above', 'below'])
  })

  it('are drawn once, however often they were asked for', () => {
    const { queue, drawing, frame, waiting } = createPage()
    const row = drawing('row')
    queue.ask(row)
    queue.ask(row)
    expect(waiting()).toBe(1)
    expect(frame()).toEqual(['row'])
    expect(frame()).toEqual([])
  })

  it('are not drawn while the page is hidden, but when it is seen again', () => {
    const { page, queue, drawing, frame, waiting } = createPage()
    queue.ask(drawing('before'))
    page.hidden = true
    expect(frame()).toEqual([])
    queue.ask(drawing('meanwhile'))
    expect(waiting()).toBe(0)
    page.hidden = false
    queue.resume()
    expect(frame()).toEqual(['before', 'meanwhile'])
  })

  it('are forgotten with their row', () => {
    const { queue, drawing, frame, waiting } = createPage()
    const gone = drawing('gone')
    queue.ask(gone)
    queue.forget(gone)
    queue.ask(drawing('there'))
    expect(frame()).toEqual(['there'])
    queue.ask(gone)
    queue.stop()
    expect(waiting()).toBe(0)
  })
})

describe('an order that follows figures', () => {
  let scope: EffectScope
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 })
    scope = effectScope()
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  function follow() {
    const second = ref(0)
    const held = shallowRef(false)
    const asked = ref('cpu')
    const calm = scope.run(() => useCalm(() => second.value, { held, anew: () => asked.value }))
    /** @param setBackMillis How far the clock is behind the ticks. */
    async function tickUntil(last: number, setBackMillis = 0) {
      while (second.value < last) {
        second.value += 1
        vi.setSystemTime(second.value * 1_000 - setBackMillis)
        await flushPromises()
      }
      return calm?.value
    }
    return { tickUntil, held, asked, now: () => calm?.value }
  }
  const every = calmMillis / 1_000

  it('changes every few seconds only', async () => {
    const { tickUntil } = follow()
    expect(await tickUntil(every - 1)).toBe(0)
    expect(await tickUntil(every)).toBe(every)
    expect(await tickUntil(2 * every - 1)).toBe(every)
    expect(await tickUntil(2 * every)).toBe(2 * every)
  })

  it('stays while the pointer is over the rows, and follows as soon as it has left', async () => {
    const { tickUntil, held, now } = follow()
    held.value = true
    expect(await tickUntil(5 * every)).toBe(0)
    held.value = false
    await flushPromises()
    expect(now()).toBe(5 * every)
  })

  it('changes at once when another is asked for, be the pointer where it may', async () => {
    const { tickUntil, held, asked, now } = follow()
    held.value = true
    await tickUntil(1)
    asked.value = 'memory'
    await flushPromises()
    expect(now()).toBe(1)
  })

  it('follows a clock that was set back', async () => {
    const { tickUntil } = follow()
    await tickUntil(every)
    expect(await tickUntil(every + 1, 3_600_000)).toBe(every + 1)
    expect(await tickUntil(2 * every, 3_600_000)).toBe(every + 1)
    expect(await tickUntil(2 * every + 1, 3_600_000)).toBe(2 * every + 1)
  })
})
