import { describe, expect, it } from 'vitest'
import { bandsOf, mostBands, stack } from '../../../renderer/dashboard/bands'
import { shareLooks } from '../../../renderer/dashboard/looks'
import { machineSeries } from '../../../renderer/dashboard/machine'
import {
  appendMoment,
  momentOf,
  spanOf,
  totalOf,
  usageByProject,
  windowMillis,
  type Moment,
} from '../../../renderer/dashboard/moments'
import { assignSlots } from '../../../renderer/dashboard/slots'
import { topTen } from '../../../renderer/dashboard/topTen'
import { figures, statsTick } from './fixtures'

const second = (count: number) => 1_000_000_000_000 + count * 1_000
const MiB = 1024 ** 2

/** Containers are called after their project, as compose does: `shop-web`; `alone` has none. */
const projectOf = (id: string) => (id.includes('-') ? (id.split('-')[0] ?? null) : null)

/** What these containers take of the CPU, one object for each second. */
function momentsOf(...cpu: Record<string, number>[]): Moment[] {
  return cpu.map((percentOf, index) => {
    const containers = Object.entries(percentOf).map(([id, cpuPercent]) =>
      figures(id, Number.isNaN(cpuPercent) ? {} : { cpuPercent }),
    )
    return momentOf(statsTick(second(index), containers), projectOf)
  })
}

describe('a moment of the engine', () => {
  it('sums what the containers of a project take, and apart of those without one', () => {
    const moment = momentOf(
      statsTick(second(0), [
        figures('shop-web', { cpuPercent: 20, memoryBytes: 30 * MiB }),
        figures('shop-db', { cpuPercent: 5, memoryBytes: 50 * MiB }),
        figures('alone', { cpuPercent: 1 }),
      ]),
      projectOf,
    )
    expect([...moment.projects]).toEqual([
      ['shop', { cpuPercent: 25, memoryBytes: 80 * MiB }],
      [null, { cpuPercent: 1, memoryBytes: null }],
    ])
    expect(totalOf(moment)).toEqual({ cpuPercent: 26, memoryBytes: 80 * MiB })
  })

  it('counts what is not known as unknown, not as nothing', () => {
    const unknown = momentOf(statsTick(second(0), [figures('alone', {})]), projectOf)
    expect(totalOf(unknown)).toEqual({ cpuPercent: null, memoryBytes: null })
    const nobody = momentOf(statsTick(second(0), []), projectOf)
    expect(totalOf(nobody)).toEqual({ cpuPercent: 0, memoryBytes: 0 })
  })

  it('puts a container into its project as soon as the project is known', () => {
    const tick = statsTick(second(0), [figures('shop-web', { cpuPercent: 20 })])
    const moment = momentOf(tick, () => undefined)
    expect(totalOf(moment).cpuPercent).toBe(20)
    expect([...usageByProject(moment, projectOf).keys()]).toEqual(['shop'])
    expect([...usageByProject(moment, () => undefined).keys()]).toEqual([null])
  })
})

describe('what the dashboard remembers', () => {
  const moment = (count: number) => momentOf(statsTick(second(count), []), projectOf)
  const append = (moments: Moment[], ...counts: number[]) => {
    for (const count of counts) appendMoment(moments, moment(count))
    return moments.map(({ at }) => (at - second(0)) / 1_000)
  }

  it('is fifteen minutes', () => {
    const moments: Moment[] = []
    for (let count = 0; count <= 1_000; count++) append(moments, count)
    expect(moments[0]?.at).toBe(second(1_000) - windowMillis)
  })

  it('takes the same minute twice without doubling it, and a clock that was set back', () => {
    expect(append([], 0, 1, 2, 1, 2, 3)).toEqual([0, 1, 2, 3])
    expect(append([], 100, 50)).toEqual([50])
  })

  it('has a gap where nobody measured, but not at the slow rate of a hidden window', () => {
    expect(append([], 0, 10, 20)).toEqual([0, 10, 20])
    const moments: Moment[] = []
    expect(append(moments, 0, 60)).toEqual([0, 0.001, 60])
    const { machine, containers } = machineSeries(moments, 'cpu')
    expect(machine).toEqual([50, NaN, 50])
    expect(containers).toEqual([0, NaN, 0])
  })
})

describe('the time shown', () => {
  it('is as short as what there is, so that new charts are full at once, up to 15 minutes', () => {
    const minute = 60_000
    const lasting = (millis: number) => spanOf([second(0), second(0) + millis])
    expect([0, 50_000, 2 * minute, 7 * minute, 14 * minute].map(lasting)).toEqual(
      [1, 1, 2, 10, 15].map((count) => count * minute),
    )
    expect(spanOf([])).toBe(minute)
  })
})

describe('the shares of the machine', () => {
  it('are of all its cores: two busy ones of four are a half', () => {
    const { machine, containers } = machineSeries(momentsOf({ 'shop-web': 150, alone: 50 }), 'cpu')
    expect(containers).toEqual([50])
    expect(machine).toEqual([50])
  })

  it('stand on an axis up to what the machine has, if it is known', () => {
    expect(shareLooks('cpu', null).axis(3).max).toBe(100)
    const GiB = 1024 * MiB
    expect(shareLooks('memory', 15.6 * GiB).axis(MiB)).toEqual({ max: 16 * GiB, step: 4 * GiB })
    expect(shareLooks('memory', 17 * GiB).axis(MiB)).toEqual({ max: 20 * GiB, step: 4 * GiB })
    expect(shareLooks('memory', null).axis(MiB).max).toBeLessThan(2 * MiB)
  })
})

describe('the stacked projects', () => {
  const bands = (moments: Moment[]) =>
    bandsOf(moments, 'cpuPercent', projectOf).map(({ key, values }) => [
      key.kind === 'project' ? key.name : key.kind,
      values,
    ])

  it('stand with the largest over the whole time lowest, as long as the time', () => {
    const moments = momentsOf(
      { 'shop-web': 10, alone: 5 },
      { 'shop-web': 10, alone: 90, 'blog-web': 20 },
      { 'blog-web': 20 },
    )
    expect(bands(moments)).toEqual([
      ['no-project', [5, 90, 0]],
      ['blog', [0, 20, 20]],
      ['shop', [10, 10, 0]],
    ])
  })

  it('have a gap where nothing is known, and leave out what takes nothing', () => {
    const moments = momentsOf({ 'shop-web': 10, 'idle-web': 0 }, { 'shop-web': NaN })
    expect(bands(moments)).toEqual([['shop', [10, NaN]]])
  })

  it(`are at most ${mostBands}, and what is smaller stands together on top`, () => {
    const projects = Array.from({ length: mostBands + 3 }, (_, index) => [
      `project${index}-web`,
      100 - index,
    ])
    const found = bandsOf(
      momentsOf(Object.fromEntries(projects) as Record<string, number>),
      'cpuPercent',
      projectOf,
    )
    expect(found).toHaveLength(mostBands + 1)
    expect(found.at(-1)).toEqual({ key: { kind: 'others', count: 3 }, values: [92 + 91 + 90] })
  })

  it('are as high together as the sum of all', () => {
    const moments = momentsOf({ 'shop-web': 10, 'blog-web': 20, alone: 5 })
    const tops = stack(bandsOf(moments, 'cpuPercent', projectOf).map(({ values }) => values))
    expect(tops).toEqual([[20], [30], [35]])
  })
})

describe("a project's colour", () => {
  it('is its own, whoever comes and goes', () => {
    const first = assignSlots(new Map(), ['shop', 'blog', 'mail'], 4)
    expect(new Set(first.values()).size).toBe(3)
    const then = assignSlots(first, ['mail', 'shop', 'wiki'], 4)
    expect(then.get('shop')).toBe(first.get('shop'))
    expect(then.get('mail')).toBe(first.get('mail'))
  })

  it('is the same again when the project comes back, unless it was needed meanwhile', () => {
    const first = assignSlots(new Map(), ['shop', 'blog'], 3)
    const without = assignSlots(first, ['shop'], 3)
    expect(assignSlots(without, ['shop', 'blog'], 3).get('blog')).toBe(first.get('blog'))
  })

  it('is never shared by two that are shown', () => {
    const names = Array.from({ length: 8 }, (_, index) => `project-${index}`)
    let slots = new Map<string, number>()
    for (let from = 0; from < names.length; from++) {
      const shown = [...names.slice(from), ...names.slice(0, from)].slice(0, 5)
      slots = assignSlots(slots, shown, 5)
      expect(new Set(shown.map((name) => slots.get(name))).size).toBe(5)
    }
  })
})

describe('the top ten', () => {
  const nameOf = (id: string) => id

  it('are the ten with the most, by name where they take the same', () => {
    const containers = Array.from({ length: 12 }, (_, index) =>
      figures(`c${index + 10}`, { processes: index < 4 ? 7 : index }),
    ).reverse()
    const tenth = ['c21', 'c20', 'c19', 'c18', 'c10', 'c11', 'c12', 'c13', 'c17', 'c16']
    expect(topTen(containers, 'processes', nameOf)).toEqual(tenth)
  })

  it('leave out those of which it is not known, but not those that take nothing', () => {
    const containers = [
      figures('unknown', { cpuPercent: 90 }),
      figures('none', { throttledPeriodsPercent: 0 }),
      figures('some', { throttledPeriodsPercent: 1 }),
    ]
    expect(topTen(containers, 'throttledPeriodsPercent', nameOf)).toEqual(['some', 'none'])
  })
})
