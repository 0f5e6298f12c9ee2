import { readFile } from 'node:fs/promises'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { StatsHistory } from '../../preload/contract/stats'
import { watchKernel } from '../bed/kernelTruth'
import { ask } from './ask'
import { eventually, useBrowser, useLongshore } from './browser'
import { rowOf } from './table'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

/** Uses all the CPU it may and keeps 20 MiB. */
const LOAD = ['sh', '-c', 'dd if=/dev/zero of=/dev/shm/kept bs=1M count=20; while :; do :; done']
const LIMITS = ['--cpus', '0.5', '--memory', '64m']
const TICKS = 6

/** What a container keeps, without the page cache that can go at once. */
function workingSetOf({ gauges }: ReturnType<typeof watchKernel>): number {
  const { usageBytes, inactiveFileBytes } = gauges()
  return usageBytes - inactiveFileBytes
}

describe.each(bed.engines)('the charts on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, run, create, idOf } = maker(engine, bed.busybox)

  test('show what the cgroup counts, within 2 %, with the limits', async () => {
    const name = await run(LIMITS, LOAD)
    const id = await idOf(name)
    const pid = Number(await cli(['inspect', '--format', '{{.State.Pid}}', name]))
    const kernel = watchKernel(pid)
    onTestFinished(kernel.stop)
    const { api, engineId } = await ask(longshore)
    const historyOf = () => api.stats.history({ engineId, id, ...lastMinutes() })

    const page = await longshore.open(`/containers/${id}?tab=charts`)
    await eventually(async () => (await historyOf()).at.length).toBeGreaterThan(TICKS)
    const shown = (await chartOf(page, 'CPU').getAttribute('aria-label')) ?? ''
    const history = await historyOf()

    // The page draws what main has kept: its words are those of the history at one of its ticks.
    expect(wordsAtEveryTick(history)).toContain(shown)
    expect(await chartOf(page, 'Memory').getAttribute('aria-label')).toContain('limit 64.0 MiB')

    // And that is what the kernel counted, from the first charted moment to the last.
    const from = history.at.length - TICKS
    let chartedMillis = 0
    for (let index = from; index < history.at.length; index++) {
      const elapsed = (history.at[index] ?? 0) - (history.at[index - 1] ?? 0)
      chartedMillis += (cpuOf(history)[index] ?? Number.NaN) * (elapsed / 100)
    }
    const [start, end] = [history.at[from - 1] ?? 0, history.at.at(-1) ?? 0]
    expectClose(chartedMillis, kernel.growth(start, end).cpuMillis)
    const memory = history.metrics.memoryBytes?.average.at(-1) ?? Number.NaN
    expectClose(memory, workingSetOf(kernel))
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
    const history = await api.stats.history({ engineId, id, ...lastMinutes() })
    expect(cpuOf(history).map((value) => `${(value ?? Number.NaN).toFixed(1)}%`)).toContain(cpu)
    const pid = Number(await cli(['inspect', '--format', '{{.State.Pid}}', name]))
    const kernel = watchKernel(pid)
    onTestFinished(kernel.stop)
    expectClose(parseFloat(memory) * 1024 * 1024, workingSetOf(kernel))
  })

  test('are a table too, whose rows are what was measured, and which gives the focus back', async () => {
    const name = await run(LIMITS, LOAD)
    const id = await idOf(name)
    const { api, engineId } = await ask(longshore)
    const page = await longshore.open(`/containers/${id}?tab=charts`)
    const asTable = page.getByRole('button', { name: 'Memory as a table' })
    await asTable.waitFor()
    const historyOf = () => api.stats.history({ engineId, id, ...lastMinutes() })
    await eventually(async () => (await historyOf()).at.length).toBeGreaterThan(TICKS)
    await asTable.focus()
    await page.keyboard.press('Enter')
    const table = page.getByRole('dialog', { name: 'Memory' }).getByRole('table')
    const heads = await table.getByRole('columnheader').allTextContents()
    expect(heads.map((head) => head.trim()).slice(0, 2)).toEqual(['From', 'Working set'])
    const limit = heads.findIndex((head) => head.trim() === 'Limit')
    const limits = await table.locator(`tbody td:nth-child(${limit + 1})`).allTextContents()
    expect(limits.length).toBeGreaterThan(0)
    expect(limits.length).toBeLessThanOrEqual(60)
    expect(new Set(limits.map((cell) => cell.trim()))).toEqual(new Set(['64.0 MiB']))
    await page.keyboard.press('Escape')
    await table.waitFor({ state: 'detached' })
    await eventually(() => asTable.evaluate((at) => at === document.activeElement)).toBe(true)
  })

  test('of a container that never ran say that nothing was measured', async () => {
    const name = await create()
    const page = await longshore.open(`/containers/${await idOf(name)}?tab=charts`)
    await page.getByText('a container has figures while it runs').waitFor()
  })
})

describe('the time that charts show', () => {
  const [engine] = bed.engines
  const longshore = useLongshore(browser, () => engine)
  const { cli, run, idOf } = maker(engine, bed.busybox)

  test('is zoomed by dragging, goes back to live, and is remembered', async () => {
    const name = await run(LIMITS, LOAD)
    const id = await idOf(name)
    const page = await longshore.open(`/containers/${id}?tab=charts`)
    await page.getByText('Started').waitFor()
    await chooseRange(page, '1 minute')

    // The last quarter of a minute.
    const plot = await boxOf(page, 'CPU: now')
    await page.mouse.move(plot.x + plot.width * 0.75, plot.y + 40)
    await page.mouse.down()
    await page.mouse.move(plot.x + plot.width - 20, plot.y + 50, { steps: 4 })
    await page.mouse.up()
    const back = page.getByRole('button', { name: 'Back to live' })
    await back.hover()
    await page.getByRole('columnheader', { name: 'Last' }).first().waitFor()
    await back.click()
    await page.getByText('Live', { exact: true }).waitFor()

    await cli(['update', '--cpus', '0.25', name])
    await page.getByText('Limits are now: CPU 25.0%').waitFor()
    await eventually(() => chartOf(page, 'CPU').getAttribute('aria-label')).toContain('limit 25.0%')

    const { api } = await ask(longshore)
    await eventually(async () => (await api.settings.read()).statsRange).toBe('1m')
    await page.reload()
    const chosen = page.getByRole('radio', { name: '1 minute' })
    await eventually(() => chosen.isChecked()).toBe(true)
  })

  test('is saved as a table and as a picture', async () => {
    const name = await run(LIMITS, LOAD)
    const id = await idOf(name)
    const { api, engineId } = await ask(longshore)
    const page = await longshore.open(`/containers/${id}?tab=charts`)
    await eventually(() => chartOf(page, 'CPU').getAttribute('aria-label')).toContain('now 5')

    const csv = (await save(page, 'Save as CSV')).toString('utf8')
    const [head = '', ...rows] = csv.trim().split('\r\n')
    expect(head).toContain('Time,CPU: Used of one core (%)')
    const history = await api.stats.history({ engineId, id, ...lastMinutes() })
    const kept = new Map(history.at.map((at, index) => [at, cpuOf(history)[index] ?? null]))
    expect(rows.length).toBeGreaterThan(1)
    for (const [time = '', cpu = ''] of rows.map((row) => row.split(','))) {
      const own = kept.get(Date.parse(time)) ?? null
      if (own === null) expect(cpu).toBe('')
      else expect(Number(cpu)).toBeCloseTo(own, 2)
    }

    const png = await save(page, 'Save as PNG')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
    expect(width).toBeGreaterThan(400)
    expect(height).toBeGreaterThan(600)
  })

  test('is the same for two containers that are compared', async () => {
    const [busy, calm] = [await run(LIMITS, LOAD), await run()]
    const page = await longshore.open()
    for (const name of [busy, calm]) await rowOf(page, name).getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.getByRole('heading', { name: 'Compare' }).waitFor()
    const summary = () => page.getByRole('img', { name: /^CPU: / }).getAttribute('aria-label')
    await eventually(summary).toMatch(new RegExp(`${busy} now [45]\\d\\.\\d%`))
    expect(await summary()).toMatch(new RegExp(`${calm} now 0\\.\\d%`))

    await page.getByLabel('Figure compared').selectOption({ label: 'Memory, share of the limit' })
    await page.getByText(`Not known in this time: ${calm}.`).waitFor()
    await page.getByRole('button', { name: `Remove ${calm} from` }).click()
    await page.getByText('Choose containers to compare').waitFor()
  })
})

/** What history is asked for: all that is kept second by second. */
const lastMinutes = () => ({ from: Date.now() - 900_000, to: Date.now() + 1_000, points: 2_000 })

const cpuOf = ({ metrics }: StatsHistory) => metrics.cpuPercent?.average ?? []

const chartOf = (page: Page, title: string) =>
  page.getByRole('img', { name: new RegExp(`^${title}: `) })

async function boxOf(page: Page, name: string) {
  const box = await page.getByRole('img', { name }).boundingBox()
  if (!box) throw new Error(`"${name}" is not on screen.`)
  return box
}

async function chooseRange(page: Page, name: string): Promise<void> {
  // The radio itself is hidden behind its short label.
  await page.getByRole('radio', { name }).check({ force: true })
}

async function save(page: Page, how: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Export what is shown' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: how }).click()
  return readFile(await (await download).path())
}

/** What the chart says when it has come to each of the ticks, in the page's own form. */
function wordsAtEveryTick(history: StatsHistory): string[] {
  const percent = (value: number) => `${value.toFixed(1)}%`
  const cpu = cpuOf(history)
  const limits = history.metrics.cpuLimitPercent?.average ?? []
  return cpu.map((now, index) => {
    const values = cpu.slice(0, index + 1).filter((value) => value !== null)
    const average = values.reduce((sum, value) => sum + value, 0) / values.length
    const parts = [
      `now ${now === null ? '–' : percent(now)}`,
      `least ${percent(Math.min(...values))}`,
      `average ${percent(average)}`,
      `peak ${percent(Math.max(...values))}`,
      `limit ${percent(limits[index] ?? Number.NaN)}`,
    ]
    return `CPU: ${parts.join(', ')}.`
  })
}

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual / expected - 1), `${actual} is not ${expected}`).toBeLessThan(0.02)
}
