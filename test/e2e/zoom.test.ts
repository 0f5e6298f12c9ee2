import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { useBrowser, useLongshore } from './browser'
import { rowOf } from './table'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

/** What a window of 1280 by 800 has at 200 %. */
const viewport = { width: 640, height: 400 }

describe('at 200 %', () => {
  const longshore = useLongshore(browser, () => bed.docker, { viewport, deviceScaleFactor: 2 })
  const { run, idOf } = maker(bed.docker, bed.busybox)

  test('every page fits, and its main actions are in reach', async () => {
    const id = await idOf(await run())
    const page = await longshore.open()
    const pages: [path: string, main: string | null][] = [
      ['dashboard', null],
      ['containers', 'Create a container…'],
      ['images', 'Pull an image'],
      ['volumes', 'Create a volume'],
      ['networks', 'Create a network'],
      ['registries', 'Log in'],
      ['alerts', 'Add a rule'],
      ['jobs', null],
      ['engines', 'Add an engine'],
      ['settings', null],
      ['all', null],
      [`containers/create?image=${bed.busybox}`, null],
      [`containers/${id}/edit`, null],
      [`containers/${id}/terminal`, null],
      [`logs?ids=${id}`, null],
      [`compare?ids=${id}`, null],
      ['images/sharing', null],
    ]
    for (const [path, main] of pages) {
      await page.goto(page.url().replace(/#.*/, `#/${path}`))
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      expect.soft(await overflowOf(page), path).toBe(0)
      if (main === null) continue
      const button = page.getByRole('main').getByRole('button', { name: main }).first()
      await button.click({ trial: true })
      expect.soft(await isInView(page, button), `${path}: ${main}`).toBe(true)
    }
    await page.getByRole('link', { name: 'Settings' }).click({ trial: true })
    await page.getByRole('button', { name: 'Commands' }).click()
    await page.getByRole('combobox', { name: 'What do you want to do?' }).waitFor()
    await page.keyboard.press('Escape')
  })

  test('the details are opened, read and closed, and leave no part of the page behind', async () => {
    const name = await run()
    const page = await longshore.open()
    await rowOf(page, name).click()
    const details = page.getByRole('complementary', { name })
    for (const tab of ['Overview', 'Charts', 'Logs', 'Files', 'Inspect']) {
      await details.getByRole('tab', { name: tab }).click()
      expect.soft(await overflowOf(page), tab).toBe(0)
    }
    const close = details.getByRole('button', { name: 'Close the panel' })
    expect(await isInView(page, close)).toBe(true)
    await close.click()
    await details.waitFor({ state: 'detached' })
    await rowOf(page, name).getByRole('button', { name: /^More/ }).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Remove' }).click({ trial: true })
    expect(await isInView(page, dialog)).toBe(true)
    await page.keyboard.press('Escape')
  })
})

/** By how many CSS pixels the page can be scrolled sideways. */
function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const roots = [document.documentElement, document.body, ...document.querySelectorAll('main')]
    return Math.max(...roots.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
  })
}

/** Whether all of it is within the window. */
async function isInView(page: Page, place: ReturnType<Page['locator']>): Promise<boolean> {
  const box = await place.boundingBox()
  const { width, height } = page.viewportSize() ?? viewport
  return (
    box !== null &&
    box.x >= 0 &&
    box.y >= 0 &&
    box.x + box.width <= width &&
    box.y + box.height <= height
  )
}
