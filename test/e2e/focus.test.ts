import type { Locator, Page } from 'playwright-core'
import { describe, inject, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { rowOf } from './table'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

/** What opens a dialog or a menu, by page and name. */
const openers = [
  ['/images', 'Pull an image'],
  ['/images', 'Build image…'],
  ['/volumes', 'Create a volume'],
  ['/networks', 'Create a network'],
  ['/registries', 'Log in to a registry'],
  ['/alerts', 'Add a rule'],
  ['/engines', 'Add an engine…'],
  ['/engines', 'Choose an engine'],
  ['/settings', 'Commands'],
] as const

describe('the focus', () => {
  const longshore = useLongshore(browser, () => bed.docker)
  const { run, idOf } = maker(bed.docker, bed.busybox)

  test.each(openers)('on %s goes back to “%s”, which opened a dialog or a menu', async (...at) => {
    const [path, name] = at
    const page = await longshore.open(path)
    await comesBack(page, page.getByRole('button', { name }).first())
  })

  test('goes back to the button of a menu, also after the dialog that was chosen in it', async () => {
    const name = await run()
    const page = await longshore.open()
    const more = rowOf(page, name).getByRole('button', { name: /^More/ })
    await comesBack(page, more)
    await more.press('Enter')
    await page.getByRole('menuitem', { name: 'Remove…' }).press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await eventually(() => hasFocus(more)).toBe(true)
  })

  test('goes back to the button of a container’s details', async () => {
    const page = await longshore.open(`/containers/${await idOf(await run())}`)
    await comesBack(page, page.getByRole('button', { name: 'Change…' }))
  })
})

/** Opens it by keyboard, leaves it by Escape, and waits until the focus is back. */
async function comesBack(page: Page, opener: Locator): Promise<void> {
  const opened = page.locator('[role=dialog], [role=menu]').first()
  await opener.press('Enter')
  await opened.waitFor()
  await eventually(() => opened.evaluate((at) => at.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await opened.waitFor({ state: 'detached' })
  await eventually(() => hasFocus(opener)).toBe(true)
}

const hasFocus = (place: Locator) => place.evaluate((element) => element === document.activeElement)
