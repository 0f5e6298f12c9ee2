import { describe, expect, test } from 'vitest'
import { Evaluator } from '../../../main/alerts/evaluator'
import type { AlertSubject } from '../../../preload/contract/alertScope'
import type { AlertRule } from '../../../preload/contract/alerts'
import type { Metric } from '../../../preload/contract/stats'
import { row, rule } from './rules'

type Known = Partial<Record<Metric, number | null>>

/** An evaluator on an engine whose clock the test drives. */
function watchEngine(...rules: AlertRule[]) {
  const evaluator = new Evaluator()
  const subjects = new Map<string, AlertSubject>()
  let at = 1_000_000
  evaluator.setRules(rules, at)
  const told = (events: ReturnType<Evaluator['tick']>) =>
    events.map(({ kind, containerName, value }) => `${containerName} ${kind} ${String(value)}`)
  return {
    evaluator,
    name: (id: string, name: string, labels: Record<string, string> = {}) =>
      subjects.set(id, { name, labels }),
    setRules: (...changed: AlertRule[]) => told(evaluator.setRules(changed, at)),
    /** What one tick after so long tells. */
    tick(containers: Record<string, Known | number | null>, afterMillis = 1_000): string[] {
      at += afterMillis
      const rows = Object.entries(containers).map(([id, known]) => {
        if (!subjects.has(id)) subjects.set(id, { name: id, labels: {} })
        const isCpu = known === null || typeof known === 'number'
        return { id, values: row(isCpu ? { cpuPercent: known } : known) }
      })
      return told(evaluator.tick('e1', at, rows, subjects))
    },
    /** What several ticks tell, by the CPU of the container `web`. */
    web(values: (number | null)[], afterMillis = 1_000): string[] {
      return values.flatMap((value) => this.tick({ web: value }, afterMillis))
    },
  }
}

describe('a rule', () => {
  test('without a duration is met by the first figure, and once only', () => {
    const engine = watchEngine(rule())
    expect(engine.web([80, 81, 95])).toEqual(['web raised 81'])
    expect(engine.evaluator.active()).toMatchObject([
      { containerName: 'web', value: 81, since: 1_002_000 },
    ])
  })

  test.each([
    ['every second', 1_000, 31],
    ['every ten seconds, while no window is shown', 10_000, 4],
  ])('must hold for its duration, sampled %s', (_how, millis, ticks) => {
    const engine = watchEngine(rule({ forSeconds: 30 }))
    const busy = Array.from({ length: ticks }, () => 99)
    expect(engine.web(busy.slice(1), millis)).toEqual([])
    expect(engine.web([99], millis)).toEqual(['web raised 99'])
  })

  test('starts over when the condition does not hold in between', () => {
    const engine = watchEngine(rule({ forSeconds: 3 }))
    expect(engine.web([99, 99, 99, 10, 99, 99, 99])).toEqual([])
    expect(engine.web([99])).toEqual(['web raised 99'])
  })

  test('can ask for what is below', () => {
    const engine = watchEngine(rule({ comparison: 'below', threshold: 5 }))
    expect(engine.web([5, 4])).toEqual(['web raised 4'])
  })

  test('can ask for the share of a limit, which is unknown without one', () => {
    const engine = watchEngine(
      rule({ metric: 'cpuOfLimitPercent', threshold: 95 }),
      rule({ metric: 'memoryOfLimitPercent', threshold: 90 }),
    )
    expect(
      engine.tick({
        free: { cpuPercent: 400, memoryBytes: 1e9 },
        quota: { cpuPercent: 49, cpuLimitPercent: 50 },
        full: { memoryBytes: 91, memoryLimitBytes: 100 },
      }),
    ).toEqual(['quota raised 98', 'full raised 91'])
  })
})

describe('a gap', () => {
  test('counts for no time, and contradicts nothing', () => {
    const engine = watchEngine(rule({ forSeconds: 3 }))
    expect(engine.web([99, 99, null, null, null, 99, 99])).toEqual([])
    expect(engine.web([99])).toEqual(['web raised 99'])
    expect(engine.web([null, null, null])).toEqual([])
  })

  test('of half a minute without ticks counts for no time either', () => {
    const engine = watchEngine(rule({ forSeconds: 20 }))
    engine.web([99])
    expect(engine.web([99], 30_000)).toEqual([])
    expect(engine.web([99, 99], 10_000)).toEqual(['web raised 99'])
  })

  test('of more than a minute ends what was raised: nobody can tell any more', () => {
    const engine = watchEngine(rule())
    engine.web([99])
    expect(engine.web([null], 50_000)).toEqual([])
    expect(engine.web([null], 11_000)).toEqual(['web ended null'])
    expect(engine.web([99])).toEqual(['web raised 99'])
  })

  test('made by a clock that was set back raises nothing early', () => {
    const engine = watchEngine(rule({ forSeconds: 2 }))
    engine.web([99])
    expect(engine.web([99], -3_600_000)).toEqual([])
    expect(engine.web([99])).toEqual([])
    expect(engine.web([99])).toEqual(['web raised 99'])
  })
})

describe('an alert', () => {
  test('ends after ten seconds of rest, so that a swinging figure raises one', () => {
    const engine = watchEngine(rule())
    expect(engine.web([99])).toEqual(['web raised 99'])
    for (let swing = 0; swing < 5; swing++) expect(engine.web([10, 10, 99])).toEqual([])
    const rest = Array.from({ length: 10 }, () => 10)
    expect(engine.web(rest)).toEqual([])
    expect(engine.web([12])).toEqual(['web ended 12'])
    expect(engine.evaluator.active()).toEqual([])
  })

  test('ends when its container is gone or stopped', () => {
    const engine = watchEngine(rule())
    engine.tick({ web: 99, other: 99 })
    expect(engine.tick({ other: 99 })).toEqual(['web ended null'])
    expect(engine.tick({})).toEqual(['other ended null'])
  })

  test('ends when its rule is disabled, removed, or about others', () => {
    const busy = rule()
    for (const changed of [[], [{ ...busy, enabled: false }], [{ ...busy, container: 'db' }]]) {
      const engine = watchEngine(busy)
      engine.web([99])
      expect(engine.setRules(...changed)).toEqual(['web ended null'])
      expect(engine.web([99])).toEqual([])
    }
  })

  test('is judged anew when its rule asks for something else, and stays when only the name changes', () => {
    const busy = rule()
    const engine = watchEngine(busy)
    engine.web([99])
    expect(engine.setRules({ ...busy, name: 'Very busy' })).toEqual([])
    expect(engine.setRules({ ...busy, threshold: 90 })).toEqual(['web ended null'])
    expect(engine.web([99])).toEqual(['web raised 99'])
  })

  test('of a container that is renamed follows its name', () => {
    const engine = watchEngine(rule({ container: 'web*' }))
    engine.name('id', 'web-1')
    expect(engine.tick({ id: 99 })).toEqual(['web-1 raised 99'])
    engine.name('id', 'web-2')
    expect(engine.tick({ id: 99 })).toEqual([])
    engine.name('id', 'db')
    expect(engine.tick({ id: 99 })).toEqual(['db ended null'])
  })

  test('of one engine is nothing to another', () => {
    const engine = watchEngine(rule())
    engine.web([99])
    expect(engine.evaluator.tick('e2', 1_002_000, [], new Map())).toEqual([])
    expect(engine.evaluator.active()).toHaveLength(1)
  })
})

test('a container whose name is not known yet is judged once it is', () => {
  const evaluator = new Evaluator()
  evaluator.setRules([rule()], 0)
  const containers = [{ id: 'a', values: row({ cpuPercent: 99 }) }]
  expect(evaluator.tick('e1', 1_000, containers, new Map())).toEqual([])
  const subjects = new Map([['a', { name: 'web', labels: {} }]])
  expect(evaluator.tick('e1', 2_000, containers, subjects)).toHaveLength(1)
})
