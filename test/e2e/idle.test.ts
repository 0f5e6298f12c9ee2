import { expect, inject, onTestFinished, test } from 'vitest'
import { startApp } from './app'
import { eventually, useBrowser } from './browser'

const bed = inject('bed')
const browser = useBrowser()
/** Long enough for a page to open on a busy machine, as it must within that time. */
const IDLE_SECONDS = 20

test('a browser that nobody uses is locked out in words, and the new address lets it in again', async () => {
  const hours = (IDLE_SECONDS / 3600).toFixed(6)
  const app = await startApp(bed.folder, bed.docker, ['--idle-hours', hours])
  onTestFinished(() => app.stop())
  const context = await browser().newContext({ locale: 'en-GB' })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(app.address)
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()

  const ended = page.getByText('Longshore does not know this browser any more')
  await ended.waitFor({ timeout: 4 * IDLE_SECONDS * 1000 })
  // Nothing of the engine is on the page any more, nor behind it.
  expect(await page.getByRole('navigation', { name: 'Pages' }).count()).toBe(0)
  await page.getByText('open the last address it printed').waitFor()
  const newAddress = () => /to let it in again: (http:\S+)/.exec(app.said())?.[1] ?? ''
  await eventually(newAddress).toMatch(/\?token=[\w-]{43}$/)
  expect(app.said()).toContain(`A browser was not used for ${Number(hours)} h`)
  await page.reload()
  await page.getByRole('heading', { name: 'Longshore does not know this browser' }).waitFor()

  await page.goto(newAddress())
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
  expect(page.url()).not.toContain('token')
})
