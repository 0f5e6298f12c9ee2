import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { engineCli, startDocker, type Engine } from '../bed'
import { itemsOf } from '../client'
import { ask } from './ask'
import { eventually, RESULTS, useBrowser, useLongshore } from './browser'
import { furnish } from './shop'
import { rowOf, stateOf } from './table'

const bed = inject('bed')
const browser = useBrowser()

/** With LONGSHORE_SCREENSHOTS=1 the pictures of README.md and docs/guide.md are made anew, and take their time. */
const forDocs = process.env.LONGSHORE_SCREENSHOTS === '1'
const FOLDER = forDocs ? resolve('docs/images') : RESULTS
const TICKS = forDocs ? 75 : 3
const LOG_LINES = forDocs ? 20 : 3
/** Milliseconds that the charts may take to have something to show. */
const TIMEOUT = forDocs ? 400_000 : 120_000

describe('what README.md and docs/guide.md show', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await startDocker(bed.folder)
    await furnish(engine, { allImages: forDocs })
  })
  afterAll(() => engine.stop())
  const light = useLongshore(browser, () => engine, { colorScheme: 'light' })
  const dark = useLongshore(browser, () => engine, { colorScheme: 'dark' })
  const idOf = (name: string) => engineCli(engine)(['inspect', '--format', '{{.Id}}', name])

  test('is the app on a real engine', { timeout: TIMEOUT }, async () => {
    const page = await light.open()
    const { api, engineId } = await ask(light)
    await api.samples.start({ engineId })
    await stateOf(page, 'longshore-sample-wave', 'Running').waitFor()
    const id = await idOf('longshore-sample-wave')
    const ticks = async () =>
      (await api.stats.history({ engineId, id, ...lastMinutes() })).at.length
    await expect.poll(ticks, { timeout: 100_000, interval: 250 }).toBeGreaterThanOrEqual(TICKS)

    await page.getByRole('button', { name: 'By project' }).click()
    await rowOf(page, 'shop').first().waitFor()
    await save(page, 'containers-light')

    await rowOf(page, 'shop-worker-1').click()
    await page.getByRole('tab', { name: 'Charts' }).click()
    await page.getByRole('radio', { name: '1 minute' }).check({ force: true })
    await page.getByRole('img', { name: 'CPU: now' }).waitFor()
    await save(page, 'details')

    await page.getByRole('tab', { name: 'Isolation' }).click()
    await page.getByText('What it sees').waitFor()
    await save(page, 'isolation')

    await page.getByRole('link', { name: 'Dashboard' }).click()
    await page.getByRole('heading', { name: 'Top ten' }).waitFor()
    await save(page, 'dashboard')

    const darkPage = await dark.open()
    const kept = await ask(dark)
    const keptTicks = async () => {
      const { api, engineId } = kept
      return (await api.stats.history({ engineId, id, ...lastMinutes() })).at.length
    }
    const shown = forDocs ? 60 : TICKS
    await expect.poll(keptTicks, { timeout: 100_000, interval: 250 }).toBeGreaterThanOrEqual(shown)
    await darkPage.getByRole('button', { name: 'By project' }).click()
    await rowOf(darkPage, 'shop').first().waitFor()
    await save(darkPage, 'containers-dark')
  })

  test('has images with their layers and files, volumes and networks', async () => {
    const page = await light.open('/images')
    await rowOf(page, 'shop-web').first().waitFor()
    await rowOf(page, 'shop-web:2.4.1').click()
    await page.getByRole('tab', { name: 'Layers' }).click()
    await page.getByText(/^\d layers, /).waitFor()
    await save(page, 'images')

    await page.getByRole('tab', { name: 'Files' }).click()
    await page.getByRole('button', { name: 'Look into the layers' }).click()
    await page.getByRole('tree').waitFor()
    await save(page, 'layers')

    await page.getByRole('link', { name: 'Volumes' }).click()
    await rowOf(page, 'shop-data').click()
    await page.getByText('Folder on the engine').waitFor()
    await save(page, 'volumes')

    await page.getByRole('link', { name: 'Networks' }).click()
    await page.getByRole('button', { name: 'Picture' }).click()
    await page.getByText('shop-back').filter({ visible: true }).first().waitFor()
    await save(page, 'networks')
  })

  test('reads logs, runs terminals and makes containers', async () => {
    const ids = await Promise.all(['web', 'api', 'db'].map((each) => idOf(`shop-${each}-1`)))
    const page = await light.open(`/logs?ids=${ids.join()}`)
    const lines = page.getByRole('log').locator('[data-place]')
    await eventually(() => lines.count()).toBeGreaterThanOrEqual(LOG_LINES)
    await save(page, 'logs')

    await page.goto(
      `${new URL(page.url()).origin}/#/containers/${await idOf('shop-web-1')}?tab=terminal`,
    )
    await page.getByRole('button', { name: 'Open a terminal' }).click()
    const screen = page.locator('.xterm-rows')
    await eventually(() => screen.innerText()).toContain('#')
    await page.getByRole('button', { name: 'Use the whole page' }).click()
    await page.getByRole('heading', { name: 'Terminals of shop-web-1' }).waitFor()
    await page.locator('.xterm').click()
    await page.keyboard.type('id && ls -l /www\n')
    await eventually(() => screen.innerText()).toMatch(/index\.html\s+\/ #/)
    await save(page, 'terminal')

    await page.goto(`${new URL(page.url()).origin}/#/containers/create`)
    await page
      .getByLabel('Paste a docker run or podman run line')
      .fill(
        'docker run -d --name shop-cache -p 127.0.0.1:6379:6379 -e MAX_MEMORY=64mb --memory 96m ghcr.io/example/shop:2.4.1 sleep 1000',
      )
    await page.getByRole('button', { name: 'Fill the form' }).click()
    await page
      .getByRole('tabpanel', { name: 'docker run' })
      .filter({ hasText: '--memory 96m' })
      .waitFor()
    await save(page, 'create')
  })

  test('pushes, looks into a registry, watches figures, and knows other engines', async () => {
    const { host } = bed.registries.open
    const reference = `${host}/example/shop-web:2.4.1`
    await engineCli(engine)(['tag', 'ghcr.io/example/shop-web:2.4.1', reference])
    const { api, engineId } = await ask(light)
    const { jobId } = await api.images.push({ engineId, references: [reference] })
    await itemsOf(api.jobs.watch(), (jobs) =>
      jobs.some(({ id, state }) => id === jobId && state === 'succeeded'),
    )
    const page = await light.open('/jobs')
    await page.getByRole('button', { name: `Push ${reference}` }).click()
    await page.getByText('Average speed').waitFor()
    await save(page, 'jobs')

    await page.goto(`${new URL(page.url()).origin}/#/registries/${encodeURIComponent(host)}`)
    await page.getByLabel('Name of a repository').fill('example/shop-web')
    await page.getByLabel('Name of a repository').press('Enter')
    await rowOf(page, '2.4.1').click()
    await page.getByRole('complementary', { name: '2.4.1' }).getByText('Pinned name').waitFor()
    await save(page, 'registries')

    const everywhere = { comparison: 'above', label: '', enabled: true } as const
    for (const rule of [
      { name: 'Memory near its limit', metric: 'memoryOfLimitPercent', threshold: 90 },
      { name: 'Database fills up', metric: 'memoryOfLimitPercent', threshold: 30 },
    ] as const) {
      const container = rule.threshold === 30 ? 'shop-db-*' : ''
      await api.alerts.save({ ...everywhere, ...rule, container, forSeconds: 1 })
    }
    await page.getByRole('link', { name: /^Alerts/ }).click()
    await page
      .getByRole('region', { name: 'Active now' })
      .getByRole('link', { name: 'shop-db-1' })
      .waitFor()
    await save(page, 'alerts')

    await api.engines.add({ address: bed.podman.socket, name: 'podman', tls: null, ssh: null })
    await page.getByRole('link', { name: 'Engines' }).click()
    await page.getByRole('article', { name: 'podman' }).getByText('Connected').waitFor()
    await save(page, 'engines')

    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('guide')
    await page.keyboard.press('Enter')
    const guide = page.getByRole('dialog', { name: 'Welcome to Longshore' })
    await guide.getByRole('button', { name: 'Next' }).click()
    await guide.getByRole('button', { name: 'Next' }).click()
    await guide.getByRole('heading', { name: 'Layer' }).waitFor()
    await save(page, 'guide')
  })
})

const lastMinutes = () => ({ from: Date.now() - 600_000, to: Date.now() })

/** When nothing has the focus, no pointer hovers, and no message is over the page. */
async function save(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  await page.mouse.move(640, 795)
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  await eventually(() => page.getByRole('alert').count()).toBe(0)
  await eventually(() => page.getByRole('button', { name: 'Dismiss' }).count()).toBe(0)
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
}
