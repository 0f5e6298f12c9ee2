import { expect, inject, onTestFinished, test } from 'vitest'
import { engineCli } from '../bed'
import { startApp } from './app'
import { eventually, useBrowser } from './browser'

const bed = inject('bed')
const browser = useBrowser()

/** In the order of the guide. */
const TERMS = ['Image', 'Layer', 'Container', 'Namespace', 'Cgroup', 'Registry']

test('who is new is led through the terms to the samples, once, and finds the guide again', async () => {
  const app = await startApp(bed.folder, bed.docker, [], {})
  onTestFinished(() => app.stop())
  const context = await browser().newContext({ locale: 'en-GB' })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(app.address)

  const guide = page.getByRole('dialog', { name: 'Welcome to Longshore' })
  await guide.getByText(/was found and is connected/).waitFor()
  await guide.getByText(bed.docker.socket).waitFor()
  const title = guide.getByRole('heading', { level: 2 }).last()
  const next = guide.getByRole('button', { name: 'Next' })
  // The keyboard's way: Enter on the button that has the focus, and arrows.
  await eventually(() => next.evaluate((button) => button === document.activeElement)).toBe(true)
  for (const [index, term] of TERMS.entries()) {
    await page.keyboard.press(index % 2 === 0 ? 'Enter' : 'ArrowRight')
    await eventually(() => title.textContent()).toBe(term)
    await guide.getByRole('img').waitFor()
    await guide.getByText(`${index + 2} of 8`).waitFor()
  }
  await page.keyboard.press('ArrowLeft')
  await eventually(() => title.textContent()).toBe('Cgroup')
  await guide.getByRole('button', { name: 'Have a look' }).click()
  const cli = engineCli(bed.docker)
  const samples = async (...flags: string[]) => {
    const ids = await cli(['ps', '--quiet', '--filter', 'label=io.longshore.sample', ...flags])
    return ids.split('\n').filter(Boolean)
  }
  onTestFinished(async () => {
    await cli(['rm', '--force', ...(await samples('--all'))])
  })
  await guide.getByRole('button', { name: 'Run sample containers' }).click()
  await guide.waitFor({ state: 'hidden' })
  await eventually(async () => (await samples()).length).toBe(4)

  await page.reload()
  await page.getByRole('heading', { name: 'Containers' }).waitFor()
  expect(await guide.count()).toBe(0)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('guide')
  await page.keyboard.press('Enter')
  await guide.waitFor()
  await page.keyboard.press('Escape')
  await guide.waitFor({ state: 'hidden' })
})
