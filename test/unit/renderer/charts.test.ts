import { describe, expect, it } from 'vitest'
import type { Mark, StatsHistory } from '../../../preload/contract/stats'
import { compareChart } from '../../../renderer/compare/compareChart'
import { canCompare, comparePath } from '../../../renderer/compare/selection'
import { containerCharts } from '../../../renderer/stats/containerCharts'
import { cellOf, csvOf } from '../../../renderer/stats/export/csv'
import { fileName } from '../../../renderer/stats/export/download'
import { addTick, fromHistory, nothingKnown } from '../../../renderer/stats/history'
import { legendOf, summaryOf } from '../../../renderer/stats/legend'
import { markTone, markWords, signsOf } from '../../../renderer/stats/marks'
import { timeTicks } from '../../../renderer/stats/timeTicks'
import { panned, scaled, withinHistory } from '../../../renderer/stats/timeView'
import { usePlotPointer } from '../../../renderer/stats/usePlotPointer'
import { useWords } from '../../../renderer/words'
import { figures } from './fixtures'

const { t } = useWords()
const minute = 60_000
const day = 24 * 60 * minute
const noon = new Date(2026, 10, 26, 12).getTime()

/** One column of samples a second from noon on. */
function historyOf(
  columns: Partial<Record<keyof StatsHistory['metrics'], (number | null)[]>>,
  bucketMillis = 1_000,
): StatsHistory {
  const length = Math.max(0, ...Object.values(columns).map((values) => values.length))
  const metrics = Object.fromEntries(
    Object.entries(columns).map(([metric, average]) => [
      metric,
      {
        average,
        minimum: average.map((value) => value && value / 2),
        maximum: average.map((value) => value && value * 2),
      },
    ]),
  )
  const at = Array.from({ length }, (_, index) => noon + index * bucketMillis)
  return { bucketMillis, at, metrics }
}

const chartsOf = (history: StatsHistory) => containerCharts(fromHistory(history), t)
const secondsFrom = (first: number, last: number) => ({
  from: noon + first * 1_000,
  to: noon + last * 1_000,
})

describe('the time looked at', () => {
  const now = noon

  it('never ends after now: what is moved too far ends there, as long as it was', () => {
    const span = withinHistory({ from: now - minute, to: now + minute }, now)
    expect(span).toEqual({ from: now - 2 * minute, to: now })
  })

  it('goes back no further than history', () => {
    const span = withinHistory({ from: now - 99 * day, to: now - 98 * day }, now)
    expect(span).toEqual({ from: now - 30 * day, to: now - 29 * day })
    expect(withinHistory({ from: now - 99 * day, to: now }, now).from).toBe(now - 30 * day)
  })

  it('is ten seconds at least, around the same middle', () => {
    const span = withinHistory({ from: now - 60_500, to: now - 59_500 }, now)
    expect(span).toEqual({ from: now - 65_000, to: now - 55_000 })
  })

  it('moves and scales', () => {
    expect(panned({ from: 100, to: 200 }, -0.2)).toEqual({ from: 80, to: 180 })
    expect(scaled({ from: 100, to: 200 }, 0.5)).toEqual({ from: 125, to: 175 })
    expect(scaled({ from: 100, to: 200 }, 2)).toEqual({ from: 50, to: 250 })
  })
})

describe('the labels of the time axis', () => {
  it('stand at round times of the person’s own clock', () => {
    const ticks = timeTicks({ from: noon + 1, to: noon + 5 * minute }, 6)
    expect(ticks.map(({ at }) => (at - noon) / minute)).toEqual([1, 2, 3, 4, 5])
    const daily = timeTicks({ from: noon - 7 * day, to: noon }, 8).map(({ at }) => new Date(at))
    expect(daily.map((date) => date.getHours())).toEqual([0, 0, 0, 0, 0, 0, 0])
  })

  it('are never more than there is room for', () => {
    for (const length of [10_000, minute, 17 * minute, 7 * 60 * minute, 3 * day, 30 * day]) {
      for (const most of [2, 4, 7, 12]) {
        const ticks = timeTicks({ from: noon - length, to: noon }, most)
        expect(ticks.length).toBeLessThanOrEqual(most)
      }
    }
  })
})

describe('history and what comes after it', () => {
  it('is one series: ticks are added, and what leaves the time shown is forgotten', () => {
    const container = fromHistory(historyOf({ cpuPercent: [1, 2, 3] }))
    addTick(container, noon + 3_000, figures('a', { cpuPercent: 4 }), noon + 1_500)
    // One point before the edge stays, so that the line comes in from there.
    expect(container.series.get('cpuPercent')?.average.map(({ y }) => y)).toEqual([2, 3, 4])
    expect(container.version).toBe(1)
  })

  it('knows a limit from the moment it was set', () => {
    const container = nothingKnown()
    addTick(container, noon, figures('a', { cpuPercent: 4 }), noon - minute)
    expect(container.series.has('cpuLimitPercent')).toBe(false)
    const limited = figures('a', { cpuPercent: 4, cpuLimitPercent: 50 })
    addTick(container, noon + 1_000, limited, noon - minute)
    const limit = container.series.get('cpuLimitPercent')?.average
    expect(limit).toEqual([{ x: noon + 1_000, y: 50 }])
  })

  it('has edges where points are buckets, and none where they are samples', () => {
    const samples = fromHistory(historyOf({ cpuPercent: [4] }))
    expect(samples.series.get('cpuPercent')?.edges).toBeNull()
    const buckets = fromHistory(historyOf({ cpuPercent: [4] }, 10_000))
    expect(buckets.series.get('cpuPercent')?.edges?.maximum).toEqual([{ x: noon, y: 8 }])
  })

  it('draws samples that came every ten seconds, while nobody looked, as one line', () => {
    const container = nothingKnown()
    for (const second of [0, 10, 20]) {
      addTick(container, noon + second * 1_000, figures('a', { cpuPercent: 1 }), 0)
    }
    expect(container.series.get('cpuPercent')?.average.map(({ y }) => y)).toEqual([1, 1, 1])
  })
})

describe('the charts of a container', () => {
  const chart = (history: StatsHistory, id: string) => {
    const found = chartsOf(history).find((each) => each.id === id)
    if (!found) throw new Error(`There is no chart "${id}".`)
    return found
  }

  it('leave out what was never known, and say so where it is a whole chart', () => {
    const history = historyOf({ cpuPercent: [1], readBytesPerSecond: [0] })
    expect(chart(history, 'cpu').lines.map(({ id }) => id)).toEqual(['cpuPercent'])
    expect(chart(history, 'cpu').strips).toEqual([])
    expect(chart(history, 'network').note).toContain('host’s network')
    expect(chart(history, 'blockIo').note).toBeNull()
  })

  it('draw throttling and pressure as strips of the chart they belong to', () => {
    const history = historyOf({
      cpuPercent: [1],
      throttledPeriodsPercent: [50],
      ioFullPressurePercent: [5],
    })
    expect(chart(history, 'cpu').strips.map(({ id }) => id)).toEqual(['throttledPeriodsPercent'])
    expect(chart(history, 'blockIo').strips.map(({ id }) => id)).toEqual(['ioFullPressurePercent'])
  })

  it('are told in one sentence each', () => {
    const history = historyOf({
      cpuPercent: [10, 30],
      cpuLimitPercent: [80, 50],
      receivedBytesPerSecond: [0, 1024],
      sentBytesPerSecond: [0, 0],
    })
    const span = secondsFrom(0, 1)
    expect(summaryOf(chart(history, 'cpu'), span, t)).toBe(
      'CPU: now 30.0%, least 10.0%, average 20.0%, peak 30.0%, limit 50.0%.',
    )
    expect(summaryOf(chart(history, 'network'), span, t)).toBe(
      'Network: Received now 1.0 KiB/s, least 0 B/s, average 512 B/s, peak 1.0 KiB/s, ' +
        'Sent now 0 B/s, least 0 B/s, average 0 B/s, peak 0 B/s.',
    )
    const unlimited = chart(historyOf({ cpuPercent: [10] }), 'cpu')
    expect(summaryOf(unlimited, span, t)).toContain('limit none.')
  })

  it('leave out a limit that is so far above that it would flatten the rest, and say so', () => {
    const memory = (limit: number) =>
      chart(historyOf({ memoryBytes: [100], memoryLimitBytes: [limit] }), 'memory')
    const limitOf = (model: ReturnType<typeof memory>) =>
      legendOf(model, secondsFrom(0, 1), null, t).find(({ row }) => row.look === 'limit')?.label
    expect(limitOf(memory(400))).toBe('Limit')
    expect(limitOf(memory(10_000))).toBe('Limit, above what is drawn')
  })

  it('tell in the legend what was under the crosshair', () => {
    const cpu = chart(historyOf({ cpuPercent: [10, 30, 20] }), 'cpu')
    const [row] = legendOf(cpu, secondsFrom(0, 2), noon + 1_100, t)
    expect(row).toMatchObject({ value: '30.0%', average: '20.0%', peak: '30.0%' })
  })
})

describe('what happened', () => {
  const words = (mark: Mark) => markWords(mark, t)
  const at = noon

  it('is told in words', () => {
    expect(words({ kind: 'stop', at, exitCode: 137 })).toBe('Stopped with exit code 137')
    expect(words({ kind: 'stop', at, exitCode: null })).toBe('Stopped')
    expect(words({ kind: 'oom', at, kills: 1 })).toContain('killed a process')
    expect(words({ kind: 'oom', at, kills: 3 })).toContain('killed 3 processes')
    expect(
      words({
        kind: 'limits',
        at,
        cpuLimitPercent: 50,
        memoryLimitBytes: null,
        processesLimit: 10,
      }),
    ).toBe('Limits are now: CPU 50.0%, memory none, processes 10')
    expect(words({ kind: 'replaced', at, previousId: 'ab'.repeat(32) })).toContain('abababababab')
    expect(words({ kind: 'alert', at, rule: 'Too busy' })).toBe('Alert: Too busy')
    expect(words({ kind: 'health', at, health: 'unhealthy' })).toContain('unhealthy')
  })

  it('is as bad as its sign', () => {
    expect(markTone({ kind: 'stop', at, exitCode: 0 })).toBe('off')
    expect(markTone({ kind: 'stop', at, exitCode: 1 })).toBe('bad')
    expect(markTone({ kind: 'start', at })).toBe('good')
  })

  it('shares a sign with what stands too close, which looks like the worst of them', () => {
    const marks = [
      { id: 'a', mark: { kind: 'start', at } },
      { id: 'a', mark: { kind: 'oom', at: at + 100, kills: 1 } },
      { id: 'a', mark: { kind: 'start', at: at + 30_000 } },
      { id: 'a', mark: { kind: 'pause', at: at + 2 * minute } },
    ] as const
    const signs = signsOf(marks, { from: at, to: at + minute }, 400)
    expect(signs.map(({ worst }) => worst.kind)).toEqual(['oom', 'start'])
    expect(signs[1]?.share).toBe(0.5)
  })
})

describe('the exported table', () => {
  it('has a row per moment, and a column per figure with its unit', () => {
    const models = chartsOf(historyOf({ cpuPercent: [1.5, null, 3], memoryBytes: [1, 2, 3] }))
    expect(csvOf(models, secondsFrom(0, 1), t).split('\r\n')).toEqual([
      'Time,CPU: Used of one core (%),Memory: Working set (bytes)',
      `${new Date(noon).toISOString()},1.5,1`,
      `${new Date(noon + 1_000).toISOString()},,2`,
      '',
    ])
  })

  it('has the lowest and highest of buckets too', () => {
    const csv = csvOf(chartsOf(historyOf({ cpuPercent: [10] }, 10_000)), secondsFrom(0, 10), t)
    expect(csv).toContain('core average (%),CPU: Used of one core minimum (%)')
    expect(csv).toContain(',10,5,20\r\n')
  })

  it('holds no formula that a name could bring in', () => {
    expect(['=1+1', '+1', '-1', '@x', '\tx'].map(cellOf)).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
    ])
    expect(cellOf('=cmd|"x",1')).toBe(`"'=cmd|""x"",1"`)
    expect(cellOf('plain')).toBe('plain')
  })

  it('is named so that every system takes it', () => {
    expect(fileName('../a b', 0, 'csv')).toBe('longshore-..-a-b-1970-01-01T00-00-00.csv')
  })
})

describe('containers in one chart', () => {
  const of = (name: string, slot: number, history: StatsHistory) => ({
    id: name,
    name,
    slot,
    series: fromHistory(history),
  })

  it('differ in colour and in dashes, and have no line where nothing is known', () => {
    const model = compareChart('cpuPercent', 'CPU', [
      of('web', 0, historyOf({ cpuPercent: [1] })),
      of('db', 1, historyOf({ cpuPercent: [2] })),
      of('idle', 2, historyOf({})),
      { id: 'late', name: 'late', slot: 3, series: undefined },
    ])
    expect(model.lines.map(({ label }) => label)).toEqual(['web', 'db'])
    expect(model.lines[0]?.colour).not.toBe(model.lines[1]?.colour)
    expect(model.lines[0]?.dash).not.toEqual(model.lines[1]?.dash)
  })

  it('are compared by their share of a limit at that moment, as it was then', () => {
    const history = historyOf({ cpuPercent: [25, 25, 25], cpuLimitPercent: [50, 100, null] })
    const model = compareChart('cpuOfLimitPercent', 'CPU', [of('web', 0, history)])
    expect(model.lines[0]?.series.average.map(({ y }) => y)).toEqual([50, 25, NaN])
  })

  it('are two to six', () => {
    const some = (count: number) => Array.from({ length: count }, (_, id) => ({ id: String(id) }))
    expect([1, 2, 6, 7].map((count) => canCompare(some(count)))).toEqual([false, true, true, false])
    expect(comparePath(some(2)).query.ids).toBe('0,1')
  })
})

describe('the keys of the charts', () => {
  function pressed(keys: readonly [string, boolean?][], isLive = false) {
    const wishes: string[] = []
    const pointer = usePlotPointer(
      () => ({ from: 0, to: 1_000 }),
      () => isLive,
      {
        zoom: () => wishes.push('zoom'),
        pan: (share) => wishes.push(`pan ${share}`),
        scale: (factor) => wishes.push(`scale ${factor}`),
        live: () => wishes.push('live'),
      },
    )
    let taken = 0
    for (const [key, shiftKey = false] of keys) {
      const event = new KeyboardEvent('keydown', { key, shiftKey, cancelable: true })
      pointer.onKey(event)
      if (event.defaultPrevented) taken++
    }
    return { wishes, taken, pointer }
  }

  it('move in time, zoom, and go back to live', () => {
    const { wishes } = pressed([['ArrowLeft'], ['ArrowRight'], ['+'], ['-'], ['Home'], ['Escape']])
    expect(wishes).toEqual(['pan -0.2', 'pan 0.2', 'scale 0.5', 'scale 2', 'live', 'live'])
  })

  it('move the crosshair with Shift', () => {
    const { wishes, pointer } = pressed([
      ['ArrowLeft', true],
      ['ArrowLeft', true],
    ])
    expect(wishes).toEqual([])
    expect(pointer.cursorAt.value).toBeCloseTo(980)
  })

  it('leave Escape to the panel when there is nothing to leave', () => {
    expect(pressed([['Escape']], true).taken).toBe(0)
    expect(pressed([['x']], true).taken).toBe(0)
  })
})
