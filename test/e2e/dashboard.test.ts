import type { Locator } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { rowOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()

/** Uses all the CPU it may and keeps 20 MiB. */
const LOAD = ['sh', '-c', 'dd if=/dev/zero of=/dev/shm/kept bs=1M count=20; while :; do :; done']
const LIMITS = ['--cpus', '0.4', '--memory', '64m']
const SCALE = 2

describe.each(bed.engines)('the dashboard on $kind', (engine) => {
  const longshore = useLongshore(browser, () => engine, { deviceScaleFactor: SCALE })
  const { run, idOf } = maker(engine, bed.busybox)
  const partOf = (project: string) => ['--label', `com.docker.compose.project=${project}`]

  test('shows the machine, its projects and its hungriest containers, and leads to them', async () => {
    const project = newName('shop')
    const hungry = await run([...LIMITS, ...partOf(project)], LOAD)
    const calm = await run(partOf(project))
    const page = await longshore.open('/dashboard')
    await page.getByRole('listitem').filter({ hasText: '2 running' }).waitFor()

    const known = /machine \d+\.\d%, containers \d+\.\d%/
    await page.getByRole('img', { name: known }).waitFor()
    await page
      .getByRole('img', { name: /^Memory: machine \d.* containers [2-9]\d\.\d MiB, of \d/ })
      .waitFor()
    const stacked = (figure: string) =>
      page.getByRole('img', { name: new RegExp(`^${figure} by compose project: ${project} [1-9]`) })
    await stacked('CPU').waitFor()
    await page.getByRole('tab', { name: 'Memory' }).first().click()
    await stacked('Memory').waitFor()

    const described = await page.getByRole('img', { name: known }).getAttribute('aria-describedby')
    await page
      .locator(`id=${described ?? ''}`)
      .filter({ hasText: /Containers now \d+\.\d%, least .* average .* peak \d+\.\d%; Machine/ })
      .waitFor({ state: 'attached' })
    await page.getByRole('button', { name: 'Memory as a table' }).last().click()
    const table = page.getByRole('dialog', { name: 'Memory' }).getByRole('table')
    await table.getByRole('columnheader', { name: project }).waitFor()
    await page.keyboard.press('Escape')
    await table.waitFor({ state: 'detached' })

    const ranked = page.getByRole('link', { name: 'Show its charts' })
    await eventually(() => ranked.count()).toBe(2)
    expect(await ranked.first().getAttribute('aria-label')).toContain(hungry)
    expect(await ranked.last().getAttribute('aria-label')).toContain(calm)
    await ranked.first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: hungry }).waitFor()
    await page.getByRole('tab', { name: 'Charts', selected: true }).waitFor()
    expect(page.url()).toContain(await idOf(hungry))

    await page.keyboard.press('Control+1')
    await ranked.first().waitFor()
  })
})

describe('the small lines of the list', () => {
  const longshore = useLongshore(browser, () => bed.docker, { deviceScaleFactor: SCALE })
  const { run } = maker(bed.docker, bed.busybox)

  test('are drawn as sharply as the screen shows, in the colours of the theme', async () => {
    const name = await run(LIMITS, LOAD)
    const page = await longshore.open()
    const line = rowOf(page, name).locator('canvas').first()
    await eventually(() => inkOf(line)).not.toBeNull()
    const { width = 0 } = (await line.boundingBox()) ?? {}
    expect(await line.getAttribute('width')).toBe(String(width * SCALE))
    const light = await inkOf(line)
    await page.emulateMedia({ colorScheme: 'dark' })
    await eventually(() => inkOf(line)).not.toBe(light)
  })
})

/** The colour that a line is drawn in; null while nothing is drawn. */
function inkOf(canvas: Locator): Promise<string | null> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement) || element.width === 0) return null
    // A canvas that is drawn for the screen is not read often without a warning.
    const copy = document.createElement('canvas')
    Object.assign(copy, { width: element.width, height: element.height })
    const context = copy.getContext('2d', { willReadFrequently: true })
    context?.drawImage(element, 0, 0)
    const { data } = context?.getImageData(0, 0, copy.width, copy.height) ?? { data: [] }
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] === 255) return [data[at], data[at + 1], data[at + 2]].join()
    }
    return null
  })
}
