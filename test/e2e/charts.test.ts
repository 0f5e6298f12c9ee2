import { describe, expect, inject, test } from 'vitest'
import type { StatsHistory } from '../../preload/contract/stats'
import { ask } from './ask'
import { eventually, useBrowser, useLongshore } from './browser'
import { followCounters } from './cgroup'
import { rowOf } from './table'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

/** Uses all the CPU it may and keeps 20 MiB. */
const LOAD = ['sh', '-c', 'dd if=/dev/zero of=/dev/shm/kept bs=1M count=20; while :; do :; done']
const LIMITS = ['--cpus', '0.5', '--memory', '64m']
const TICKS = 10

describe.each(bed.engines)('the charts on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, run, create, idOf } = maker(engine, bed.busybox)

  test('show what the cgroup counts, within 2 %, with the limits', async () => {
    const name = await run(LIMITS, LOAD)
    const id = await idOf(name)
    const pid = Number(await cli(['inspect', '--format', '{{.State.Pid}}', name]))
    const counters = followCounters(pid)
    const { api, engineId } = await ask(longshore)
    const historyOf = () => api.stats.history({ engineId, id, seconds: 900 })

    const page = await longshore.open(`/containers/${id}?tab=charts`)
    const chartOf = (figure: string) => page.getByRole('img', { name: `${figure}: now` })
    await eventually(async () => (await historyOf()).at.length).toBeGreaterThan(TICKS)
    const shown = (await chartOf('CPU').getAttribute('aria-label')) ?? ''
    const history = await historyOf()

    // The page draws what main has kept: its words are those of the history at one of its ticks.
    expect(wordsAtEveryTick(history)).toContain(shown)
    expect(await chartOf('Memory').getAttribute('aria-label')).toContain('limit 64.0 MiB')

    // And that is what the kernel counted, from the first charted moment to the last.
    const from = history.at.length - TICKS
    let chartedMillis = 0
    for (let index = from; index < history.at.length; index++) {
      const elapsed = (history.at[index] ?? 0) - (history.at[index - 1] ?? 0)
      chartedMillis += ((history.cpuPercent[index] ?? Number.NaN) / 100) * elapsed
    }
    const [start, end] = [history.at[from - 1] ?? 0, history.at.at(-1) ?? 0]
    expectClose(chartedMillis, counters.cpuMillisBetween(start, end))
    expectClose(history.memoryBytes.at(-1) ?? Number.NaN, counters.memoryBytes())
  })

  test('stand in the list too: the figures of a row are those that are charted', async () => {
    const name = await run(LIMITS, LOAD)
    const { api, engineId } = await ask(longshore)
    const id = await idOf(name)
    const page = await longshore.open()
    const row = rowOf(page, name)
    await row.getByText(/^\d+\.\d%$/).waitFor()
    const cpu = await row.getByText(/^\d+\.\d%$/).textContent()
    const memory = (await row.getByText(/^\d+\.\d MiB$/).textContent()) ?? ''
    const history = await api.stats.history({ engineId, id, seconds: 900 })
    expect(history.cpuPercent.map((value) => `${(value ?? Number.NaN).toFixed(1)}%`)).toContain(cpu)
    const pid = Number(await cli(['inspect', '--format', '{{.State.Pid}}', name]))
    expectClose(parseFloat(memory) * 1024 * 1024, followCounters(pid).memoryBytes())
  })

  test('of a container that never ran say that nothing was measured', async () => {
    const name = await create()
    const page = await longshore.open(`/containers/${await idOf(name)}?tab=charts`)
    await page.getByText('a container has figures while it runs').waitFor()
  })
})

/** What the chart says when it has come to each of the ticks, in the page's own form. */
function wordsAtEveryTick({ cpuPercent, cpuLimitPercent }: StatsHistory): string[] {
  const percent = (value: number) => `${value.toFixed(1)}%`
  return cpuPercent.map((now, index) => {
    const values = cpuPercent.slice(0, index + 1).filter((value) => value !== null)
    const average = values.reduce((sum, value) => sum + value, 0) / values.length
    const parts = [
      `now ${now === null ? '–' : percent(now)}`,
      `average ${percent(average)}`,
      `peak ${percent(Math.max(...values))}`,
      `limit ${percent(cpuLimitPercent ?? Number.NaN)}`,
    ]
    return `CPU: ${parts.join(', ')}.`
  })
}

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual / expected - 1), `${actual} is not ${expected}`).toBeLessThan(0.02)
}
