import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { LogStore } from '../../../main/logs/store'
import { LogView, type Look } from '../../../main/logs/view'
import { logFilter, logPattern } from '../../../preload/contract/logs'
import { rawLine, type Written } from './rawLines'

async function openView(lines: Written[], { filter = {}, pattern = {} }: AskedLook) {
  const folder = await mkdtemp(join(tmpdir(), 'longshore-view-'))
  const store = new LogStore(folder)
  for (const line of lines) {
    store.add(rawLine(line))
    await store.room()
  }
  const look: Look = {
    filter: filter && logFilter.parse(filter),
    pattern: pattern && logPattern.parse(pattern),
  }
  const watching: (() => void)[] = []
  const view = new LogView(store, look, () => {
    for (const wake of watching.splice(0)) wake()
  })
  onTestFinished(async () => {
    view.close()
    await store.close()
    await rm(folder, { recursive: true })
  })
  /** Resolves as soon as the counts fit. */
  const until = async (fits: (state: LogView['state']) => boolean) => {
    while (!fits(view.state)) await new Promise<void>((resolve) => watching.push(resolve))
    return view.state
  }
  const done = () => until(({ filtered, matches }) => (filtered ?? matches)?.done === true)
  const shown = async () => {
    const lines = await store.lines(view.numbers(0, Infinity), Infinity)
    return view.mark(lines).map(({ text }) => text)
  }
  return { store, view, until, done, shown }
}

interface AskedLook {
  filter?: Partial<Look['filter']> | null
  pattern?: Partial<Look['pattern']> | null
}

const texts = (lines: string[]): Written[] => lines.map((text) => ({ text }))
const find = (text: string, more = {}) => ({ filter: null, pattern: { text, ...more } })

describe('a filter', () => {
  it('shows lines by all its conditions together', async () => {
    const lines = [
      { text: 'ERROR: one' },
      { text: 'ERROR: two', stderr: true },
      { text: 'INFO: three', stderr: true },
      { text: 'four', stderr: true, source: 1 },
      { text: 'WARN five', stderr: true, source: 1 },
    ]
    const filter = { levels: ['error', 'warning'] as const, streams: ['stderr'] as const }
    const all = await openView(lines, {
      filter: { levels: [...filter.levels], streams: [...filter.streams] },
      pattern: null,
    })
    await all.done()
    expect(await all.shown()).toEqual(['ERROR: two', 'four', 'WARN five'])
    const strict = await openView(lines, {
      filter: { levels: [...filter.levels], withoutLevel: false, sources: [1] },
      pattern: null,
    })
    await strict.done()
    expect(await strict.shown()).toEqual(['WARN five'])
  })

  it('shows only what matches where that is asked for', async () => {
    const { view, done, shown } = await openView(texts(['ab', 'b', 'abc', 'c']), {
      filter: { matching: true },
      pattern: { text: 'b' },
    })
    expect(await done()).toMatchObject({ filtered: { count: 3 }, matches: { count: 3 } })
    expect(await shown()).toEqual(['ab', 'b', 'abc'])
    expect(view.nextMatch(1, 'after')).toEqual({ place: 1, index: 1 })
  })

  it('judges new lines as they come', async () => {
    const { store, view, done, until, shown } = await openView(texts(['a 1', 'b 1']), {
      filter: { matching: true },
      pattern: { text: 'a' },
    })
    await done()
    for (const text of ['a 2', 'b 2', 'a 3']) store.add(rawLine({ text }))
    view.notify()
    await until(({ filtered }) => filtered?.count === 3)
    expect(await shown()).toEqual(['a 1', 'a 2', 'a 3'])
  })

  it('is applied to 300,000 lines without holding others up', async () => {
    const { done, view } = await openView(
      Array.from({ length: 300_000 }, (_, at) => ({
        text: at % 1_000 ? `INFO: ${at}` : `ERROR: ${at}`,
      })),
      { filter: { levels: ['error'], withoutLevel: false }, pattern: null },
    )
    let longest = 0
    let last = performance.now()
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 1)
    await done()
    clearInterval(beat)
    expect(view.state.filtered).toEqual({ first: 0, count: 300, done: true })
    expect(view.placeOf(1_001)).toBe(2)
    // A slice is 8 ms and a block; this machine does other work beside.
    expect(longest).toBeLessThan(250)
  })
})

describe('a pattern', () => {
  const lines = [
    'One error',
    'no match',
    'ERROR two',
    'naïve error',
    '\x1b[31merr\x1b[0mor',
    'a.b',
    'axb',
  ]

  it.each([
    ['error', {}, [0, 2, 3, 4]],
    ['error', { caseSensitive: true }, [0, 3, 4]],
    ['ERROR', { caseSensitive: true }, [2]],
    ['naïve', {}, [3]],
    ['a.b', {}, [5]],
    ['a.b', { regex: true }, [5, 6]],
    ['^(one|no) ', { regex: true }, [0, 1]],
    ['r$', { regex: true }, [0, 3, 4]],
  ])('%s %j', async (text, more, expected) => {
    const { view, done } = await openView(texts(lines), find(text, more))
    expect(await done()).toMatchObject({ matches: { count: expected.length, problem: null } })
    const places = expected.map((place) => view.nextMatch(place, 'after')?.place)
    expect(places).toEqual(expected)
    expect(view.nextMatch(-5, 'before')?.place).toBe(expected.at(-1))
  })

  it('is found in plain lines by the line, never across two', async () => {
    const { done } = await openView(texts(['ab', 'cab', 'c', 'abc', 'bca']), find('bc'))
    expect((await done()).matches?.count).toBe(2)
  })

  it('is marked in the text without escapes', async () => {
    const { view, store } = await openView(texts(['\x1b[31merr\x1b[0mor and error']), find('error'))
    const [line] = view.mark(await store.lines([0], Infinity))
    expect(line?.marks).toEqual([
      [0, 5],
      [10, 15],
    ])
  })

  it('that is no regular expression is told in words', async () => {
    const { view } = await openView(texts(['a']), find('(a', { regex: true }))
    expect(view.state.matches).toEqual({
      count: 0,
      done: true,
      problem: 'This is no regular expression: unterminated group.',
    })
  })

  it('that would take for ever is stopped, and the lines are shown all the same', async () => {
    const { until, done, shown } = await openView(texts(['a'.repeat(60), 'b']), {
      filter: { streams: ['stdout'] },
      pattern: { text: '^(a+)+$x', regex: true },
    })
    const { matches } = await until((state) => state.matches?.problem !== null)
    expect(matches?.problem).toBe('This regular expression takes too long on these lines.')
    await done()
    expect(await shown()).toHaveLength(2)
  })
})
