import { expect, test } from 'vitest'
import type { About } from '../../../../main/stats/history/about'
import { lineageOf, marksOf } from '../../../../main/stats/history/lineage'

const aboutOf = (id: string, firstAt: number | null, more: Partial<About> = {}): About => ({
  id,
  engineId: 'engine',
  name: id,
  createdAt: 0,
  composeProject: null,
  composeService: null,
  composeNumber: null,
  firstAt,
  marks: [],
  ...more,
})

const idsOf = (about: About, all: About[]) =>
  lineageOf(about, all).map(({ about: { id }, until }) => [id, until])

test('a container stands for its line from its first sample on, those with its name before it', () => {
  const [first, second, third] = [1, 2, 3].map((at) => aboutOf(`c${at}`, at, { name: 'web' }))
  const all = [third, first, second].filter((one) => one !== undefined)
  expect(third && idsOf(third, all)).toEqual([
    ['c1', 2],
    ['c2', 3],
    ['c3', Infinity],
  ])
  expect(second && idsOf(second, all)).toEqual([
    ['c1', 2],
    ['c2', Infinity],
  ])
})

test('a compose service goes on under another name, each replica for itself', () => {
  const compose = { composeProject: 'shop', composeService: 'web' }
  const old = aboutOf('old', 1, { ...compose, name: 'shop_web_1', composeNumber: '1' })
  const other = aboutOf('other', 1, { ...compose, name: 'shop_web_2', composeNumber: '2' })
  const now = aboutOf('now', 5, { ...compose, name: 'shop-web-1', composeNumber: '1' })
  expect(idsOf(now, [old, other, now])).toEqual([
    ['old', 5],
    ['now', Infinity],
  ])
})

test('the same name on another engine, and containers that never ran, belong to no line', () => {
  const now = aboutOf('now', 5, { name: 'web' })
  const elsewhere = aboutOf('elsewhere', 1, { name: 'web', engineId: 'another' })
  const neverRan = aboutOf('neverRan', null, { name: 'web' })
  expect(idsOf(now, [elsewhere, neverRan, now])).toEqual([['now', Infinity]])
})

test('marks of a line are in order, each of its own time, with one at every change', () => {
  const old = aboutOf('old', 1, {
    name: 'web',
    marks: [
      { kind: 'start', at: 1 },
      { kind: 'stop', at: 7, exitCode: 0 },
    ],
  })
  const now = aboutOf('now', 5, { name: 'web', marks: [{ kind: 'start', at: 4 }] })
  expect(marksOf(lineageOf(now, [old, now]))).toEqual([
    { kind: 'start', at: 1 },
    { kind: 'start', at: 4 },
    { kind: 'replaced', at: 5, previousId: 'old' },
  ])
})
