import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { toldByCli } from '../diskUsage'
import { holdEngine, type HeldEngine } from '../heldEngine'
import { eventually, useBrowser, useLongshore } from './browser'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()

describe.each(bed.engines)('the page of an engine’s facts ($kind)', (engine) => {
  const longshore = useLongshore(browser, () => engine)
  const { cli, run } = maker(engine, bed.busybox)

  test('opens from the engine’s card and tells what the command line tells', async () => {
    const page = await longshore.open('/engines')
    const host = await cli(['info', '--format', '{{.Name}}'])
    await page.getByRole('main').getByRole('link', { name: host, exact: true }).click()
    await page.getByRole('heading', { name: `Facts of ${host}` }).waitFor()
    const storage = page.getByRole('region', { name: 'Storage' })
    const rootFolder = await cli(['info', '--format', '{{.DockerRootDir}}'])
    await storage.getByText(rootFolder, { exact: true }).waitFor()
    await storage.getByText('Backing Filesystem').waitFor()
    await page.getByRole('region', { name: 'Versions' }).getByText('runc').first().waitFor()
    // All by keyboard: the tabs by arrows, the tree of raw answers by its search.
    await page.getByRole('tab', { name: 'Facts' }).focus()
    await page.keyboard.press('ArrowLeft')
    await page.getByLabel('Search names and values').fill('CgroupDriver')
    await page.getByRole('treeitem').filter({ hasText: 'CgroupDriver' }).waitFor()
  })

  test('measures the disk as the command line does, and leads to what was found', async () => {
    const volume = newName('volume')
    onTestFinished(() => cli(['volume', 'rm', volume]).then(() => undefined))
    const writer = await run(
      ['--volume', `${volume}:/data`],
      ['sh', '-c', 'head -c 3000000 /dev/zero > /data/file; sleep 1000'],
    )
    await eventually(() =>
      cli(['exec', writer, 'stat', '-c', '%s', '/data/file']).catch(String),
    ).toBe('3000000')
    const page = await openFacts()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('measure the disk')
    await page.keyboard.press('Enter')
    await page.getByText(/Measured \d+ s ago/).waitFor()
    const volumes = page.getByRole('region', { name: 'Volumes' })
    const shown = /^([\d.]+) MiB/.exec(
      (await volumes.getByText(/MiB$/).first().textContent()) ?? '',
    )
    const told = (await toldByCli(engine)).get('Local Volumes')
    const megabytes = Number(told?.size.replace(/MB$/, ''))
    // Shown with one digit of binary megabytes.
    expect(Math.abs(Number(shown?.[1]) * 1.048576 - megabytes)).toBeLessThanOrEqual(0.06)
    await volumes.getByText('1 in use').waitFor()
    await volumes.getByRole('link', { name: volume }).click()
    await page.getByText('Folder on the engine').waitFor()
    await page.goBack()
    // What was measured is kept, with its age.
    await page.getByText(/Measured \d+/).waitFor()
    await page.getByRole('button', { name: 'Prune volumes…' }).click()
    await page.getByRole('dialog').waitFor()
  })

  async function openFacts(): Promise<Page> {
    const page = await longshore.open('/engines')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('Engine facts')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /^Facts of/ }).waitFor()
    return page
  }
})

describe('an engine that takes its time', () => {
  let held: HeldEngine
  beforeAll(async () => {
    held = await holdEngine(bed.docker, bed.folder, '/system/df')
  })
  afterAll(() => held.close())
  const longshore = useLongshore(browser, () => held)

  test('is measured until that is cancelled or the page is left', async () => {
    const page = await longshore.open('/engines')
    await page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link').click()
    await page.getByRole('tab', { name: 'Disk usage' }).click()
    await page.getByRole('button', { name: 'Measure' }).click()
    await page.getByText(/^Counting images, containers, volumes, build cache for \d+ s/).waitFor()
    await page.getByRole('progressbar', { name: 'Measuring the disk' }).waitFor()
    await eventually(held.held).toBe(1)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Measure' }).waitFor()
    await eventually(held.givenUp).toBe(1)

    await page.getByRole('button', { name: 'Measure' }).click()
    await eventually(held.held).toBe(2)
    await page.getByRole('link', { name: 'Volumes' }).click()
    await page.getByRole('heading', { name: 'Volumes', exact: true }).waitFor()
    await eventually(held.givenUp).toBe(2)

    await page.goBack()
    held.release()
    await page.getByRole('button', { name: 'Measure' }).click()
    await page.getByText(/Measured \d+ s ago/).waitFor()
  })
})
