import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { engineCli, makeBusyboxImage, makeLayeredImage, startDocker, type Engine } from '../bed'
import { ask } from './ask'
import { eventually, RESULTS, useBrowser, useLongshore } from './browser'
import { rowOf, stateOf } from './table'

const bed = inject('bed')
const browser = useBrowser()

/** With LONGSHORE_SCREENSHOTS=1 the pictures of README.md are made anew, and take their time. */
const forReadme = process.env.LONGSHORE_SCREENSHOTS === '1'
const FOLDER = forReadme ? resolve('docs/images') : RESULTS
const TICKS = forReadme ? 75 : 3

const APP = 'ghcr.io/example/shop-app:2.4.1'
const IMAGES = [
  { name: 'ghcr.io/example/shop-web:2.4.1', kibibytes: 3_100 },
  { name: 'ghcr.io/example/shop-web:2.4.0', kibibytes: 3_060 },
  { name: 'localhost:5000/tools/importer:nightly', kibibytes: 8_400 },
  { name: 'docker.io/example/mailer:1', kibibytes: 1_250 },
]

const REST = "trap 'exit 0' TERM; rest() { sleep $1 & wait $!; }"
const spin = (rounds: number, pause: number) =>
  `${REST}; while :; do i=0; while [ $i -lt ${rounds} ]; do i=$((i+1)); done; rest ${pause}; done`
const keep = (mebibytes: number, then: string) =>
  `head -c ${mebibytes * 1024 * 1024} /dev/zero > /dev/shm/kept; ${then}`

const web = `httpd -p 8080 -h /www; n=0; ${REST}; while :; do n=$((n+1)); echo "GET /orders/$n 200"; rest 0.4; done`
const CONTAINERS = [
  { service: 'web', options: ['--publish', '127.0.0.1:0:8080'], program: web },
  { service: 'api', options: ['--cpus', '1'], program: keep(24, spin(30_000, 0.3)) },
  {
    service: 'db',
    options: ['--memory', '96m', '--volume', 'shop-data:/var/lib/data'],
    program: keep(41, spin(4_000, 0.5)),
  },
  { service: 'queue', options: ['--cpus', '0.25'], program: spin(1_500, 0.2) },
]

describe('what README.md shows', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await startDocker(bed.folder)
    await furnish(engine)
  })
  afterAll(() => engine.stop())
  const light = useLongshore(browser, () => engine, { colorScheme: 'light' })
  const dark = useLongshore(browser, () => engine, { colorScheme: 'dark' })

  test('is the app on a real engine', async () => {
    const page = await light.open()
    const { api, engineId } = await ask(light)
    await api.samples.start({ engineId })
    await stateOf(page, 'longshore-sample-wave', 'Running').waitFor()
    const id = await engineCli(engine)(['inspect', '--format', '{{.Id}}', 'longshore-sample-wave'])
    const ticks = async () => (await api.stats.history({ engineId, id })).at.length
    await expect.poll(ticks, { timeout: 100_000, interval: 250 }).toBeGreaterThanOrEqual(TICKS)

    await page.getByRole('button', { name: 'By project' }).click()
    await rowOf(page, 'shop').first().waitFor()
    await save(page, 'containers-light')

    await rowOf(page, 'longshore-sample-wave').click()
    await page.getByRole('tab', { name: 'Charts' }).click()
    await page.getByRole('img', { name: 'CPU: now' }).waitFor()
    await save(page, 'details')

    await page.getByRole('link', { name: 'Images' }).click()
    await rowOf(page, 'shop-web').first().waitFor()
    await rowOf(page, 'importer').click()
    await page.getByRole('tab', { name: 'Layers' }).click()
    await page.getByText(/^\d layers, /).waitFor()
    await save(page, 'images')

    const darkPage = await dark.open()
    const kept = await ask(dark)
    const keptTicks = async () => {
      return (await kept.api.stats.history({ engineId: kept.engineId, id })).at.length
    }
    const shown = forReadme ? 60 : TICKS
    await expect.poll(keptTicks, { timeout: 100_000, interval: 250 }).toBeGreaterThanOrEqual(shown)
    await darkPage.getByRole('button', { name: 'By project' }).click()
    await rowOf(darkPage, 'shop').first().waitFor()
    await save(darkPage, 'containers-dark')
  })
})

/** Images and containers as a small project has them. */
async function furnish(engine: Engine): Promise<void> {
  const cli = engineCli(engine)
  await makeBusyboxImage(engine, APP)
  for (const { name, kibibytes } of IMAGES)
    await makeLayeredImage(engine, name, 4, kibibytes * 1024)
  for (const { service, options, program } of CONTAINERS) {
    const project = ['com.docker.compose.project=shop', `com.docker.compose.service=${service}`]
    const labels = project.flatMap((label) => ['--label', label])
    const name = ['--name', `shop-${service}-1`]
    await cli(['run', '--detach', ...name, ...labels, ...options, APP, 'sh', '-c', program])
  }
  await cli(['run', '--name', 'migrate-orders', APP, 'true'])
  await cli(['run', '--name', 'nightly-report', APP, 'sh', '-c', 'exit 3']).catch(() => undefined)
  await cli(['run', '--detach', '--name', 'debug-shell', APP, 'sh', '-c', `${REST}; rest 9999`])
  await cli(['pause', 'debug-shell'])
  await cli(['create', '--name', 'importer-next', APP, 'true'])
}

/** When nothing has the focus and no pointer hovers. */
async function save(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  await page.mouse.move(640, 795)
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  await eventually(() => page.getByRole('alert').count()).toBe(0)
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
}
