import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { engineCli, makeBusyboxImage, startDocker, type Engine } from '../bed'
import { ask } from './ask'
import { eventually, RESULTS, useBrowser, useLongshore } from './browser'
import { rowOf, stateOf } from './table'

const bed = inject('bed')
const browser = useBrowser()

/** With LONGSHORE_SCREENSHOTS=1 the pictures of README.md are made anew, and take their time. */
const forReadme = process.env.LONGSHORE_SCREENSHOTS === '1'
const FOLDER = forReadme ? resolve('docs/images') : RESULTS
const TICKS = forReadme ? 75 : 3

const APP = 'ghcr.io/example/shop:2.4.1'
/** Reference and how many KiB the page and its scripts have. */
const IMAGES = [
  { name: 'ghcr.io/example/shop-web:2.4.1', page: 320, scripts: 1_530 },
  { name: 'ghcr.io/example/shop-web:2.4.0', page: 310, scripts: 1_480 },
  { name: 'docker.io/example/mailer:1', page: 40, scripts: 610 },
  { name: 'localhost:5000/tools/importer:nightly', page: 20, scripts: 8_400 },
]

const REST = "trap 'exit 0' TERM; rest() { sleep $1 & wait $!; }"
const spin = (rounds: number, pause: number) =>
  `${REST}; while :; do i=0; while [ $i -lt ${rounds} ]; do i=$((i+1)); done; rest ${pause}; done`
const keep = (mebibytes: number, then: string) =>
  `head -c ${mebibytes * 1024 * 1024} /dev/zero > /dev/shm/kept; ${then}`

/** CPU and memory that rise and fall together. */
const WORK = `${REST}; while :; do for level in 1 3 6 10 14 17 18 16 12 8 4 2; do
  head -c $((level * 2621440)) /dev/zero > /dev/shm/batch
  i=0; while [ $i -lt $((level * 9000)) ]; do i=$((i+1)); done; rest 0.5
done; done`
const web = `httpd -p 8080 -h /www; n=0; ${REST}; while :; do n=$((n+1)); echo "GET /orders/$n 200"; rest 0.4; done`
const CONTAINERS = [
  { service: 'web', options: ['--publish', '127.0.0.1:0:8080'], program: web },
  { service: 'api', options: ['--cpus', '1'], program: keep(24, spin(30_000, 0.3)) },
  {
    service: 'db',
    options: ['--memory', '96m', '--volume', 'shop-data:/var/lib/data'],
    program: keep(41, spin(4_000, 0.5)),
  },
  { service: 'worker', options: ['--cpus', '0.5', '--memory', '64m'], program: WORK },
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

    await page.getByRole('link', { name: 'Images' }).click()
    await rowOf(page, 'shop-web').first().waitFor()
    await rowOf(page, 'shop-web:2.4.1').click()
    await page.getByRole('tab', { name: 'Layers' }).click()
    await page.getByText(/^\d layers, /).waitFor()
    await save(page, 'images')

    const darkPage = await dark.open()
    const kept = await ask(dark)
    const keptTicks = async () => {
      const { api, engineId } = kept
      return (await api.stats.history({ engineId, id, ...lastMinutes() })).at.length
    }
    const shown = forReadme ? 60 : TICKS
    await expect.poll(keptTicks, { timeout: 100_000, interval: 250 }).toBeGreaterThanOrEqual(shown)
    await darkPage.getByRole('button', { name: 'By project' }).click()
    await rowOf(darkPage, 'shop').first().waitFor()
    await save(darkPage, 'containers-dark')
  })
})

const lastMinutes = () => ({ from: Date.now() - 600_000, to: Date.now() })

/** Images and containers as a small project has them. */
async function furnish(engine: Engine): Promise<void> {
  const cli = engineCli(engine)
  await makeBusyboxImage(engine, APP)
  for (const image of forReadme ? IMAGES : IMAGES.slice(0, 1)) await build(engine, image)
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

async function build(engine: Engine, image: (typeof IMAGES)[number]): Promise<void> {
  const folder = mkdtempSync(join(engine.folder, 'build-'))
  writeFileSync(join(folder, 'index.html'), randomBytes(image.page * 1024))
  writeFileSync(
    join(folder, 'Dockerfile'),
    [
      `FROM ${APP}`,
      'ENV SHOP_CURRENCY=EUR',
      'COPY index.html /www/',
      `RUN head -c ${image.scripts}k /dev/urandom > /www/app.js && chmod 444 /www/app.js`,
      'EXPOSE 8080',
      'USER nobody',
      'CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]',
    ].join('\n'),
  )
  await engineCli(engine)(['build', '--network', 'none', '--tag', image.name, folder])
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
