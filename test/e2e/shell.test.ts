import type { Locator } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { ask } from './ask'
import { eventually, useBrowser, useLongshore } from './browser'
import { rowOf } from './table'
import { maker, newName } from './things'

const bed = inject('bed')
const browser = useBrowser()
const hasFocus = (locator: Locator) =>
  locator.evaluate((element) => element === document.activeElement)

describe('by keyboard', () => {
  const longshore = useLongshore(browser, () => bed.docker)
  const { create } = maker(bed.docker, bed.busybox)

  test('the palette opens, finds, acts, and gives the focus back', async () => {
    const page = await longshore.open()
    const button = page.getByRole('link', { name: 'Images' })
    await button.focus()
    const palette = page.getByRole('dialog', { name: 'Commands' })
    await page.keyboard.press('Control+k')
    await palette.getByRole('combobox').waitFor()
    await page.keyboard.press('Escape')
    await palette.waitFor({ state: 'detached' })
    await eventually(() => hasFocus(button)).toBe(true)

    await page.keyboard.press('Control+k')
    await page.keyboard.type('go to')
    const third = palette.getByRole('option').nth(2)
    await third.filter({ hasText: 'Go to Images' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await third.getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Enter')
    await palette.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: 'Images' }).waitFor()

    await page.keyboard.press('Control+k')
    await page.keyboard.type('nothing is called this')
    await palette.getByText('No command is called that.').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+1')
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
  })

  test('the palette does to a container what its menu does', async () => {
    const name = await create()
    const page = await longshore.open()
    await rowOf(page, name).click()
    await page.getByRole('complementary', { name }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type(`start ${name}`)
    await page
      .getByRole('option')
      .first()
      .filter({ hasText: `Start: ${name}` })
      .waitFor()
    await page.keyboard.press('Enter')
    await rowOf(page, name).getByText('Running').waitFor()
  })

  test('a table is walked, chosen from, opened and closed', async () => {
    const prefix = newName('keys')
    const names = ['a', 'b', 'c'].map((letter) => `${prefix}-${letter}`)
    const [first = '', second = '', third = ''] = names
    for (const name of names) await create(name)
    const page = await longshore.open()
    await page.getByRole('searchbox').fill(prefix)
    const grid = page.getByRole('grid')
    await eventually(() => grid.getAttribute('aria-rowcount')).toBe('4')
    await grid.focus()
    const isChosen = (name: string) => rowOf(page, name).getAttribute('aria-selected')

    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    expect(await Promise.all(names.map(isChosen))).toEqual(['true', 'false', 'false'])
    await page.keyboard.press('Shift+ArrowDown')
    expect(await Promise.all(names.map(isChosen))).toEqual(['true', 'true', 'false'])
    await page.keyboard.press('Control+a')
    expect(await isChosen(third)).toBe('true')
    await page.keyboard.press('Escape')
    expect(await Promise.all(names.map(isChosen))).toEqual(['false', 'false', 'false'])

    await page.keyboard.press('Enter')
    const details = page.getByRole('complementary', { name: second })
    await details.waitFor()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Rename…' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await eventually(() => hasFocus(grid)).toBe(true)

    await page.keyboard.press('Home')
    await page.keyboard.press('Space')
    await page.keyboard.press('Delete')
    const question = page.getByRole('dialog')
    await question.getByText(`Remove ${first}?`).waitFor()
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    await rowOf(page, first).waitFor()

    await details.getByRole('tab', { name: 'Overview' }).focus()
    await page.keyboard.press('ArrowRight')
    await details.getByRole('tab', { name: 'Charts', selected: true }).waitFor()
    await page.keyboard.press('Escape')
    await details.waitFor({ state: 'detached' })
  })
})

describe('choices', () => {
  const longshore = useLongshore(browser, () => bed.docker)
  const { create } = maker(bed.docker, bed.busybox)

  test('of theme, sorting and filter are there again after a reload', async () => {
    await create()
    const page = await longshore.open()
    const theme = () => page.locator('html').getAttribute('data-theme')
    await page.getByRole('button', { name: 'State', exact: true }).click()
    await page.getByRole('button', { name: 'State', exact: true }).click()
    const state = page.getByRole('columnheader', { name: 'State' })
    expect(await state.getAttribute('aria-sort')).toBe('descending')
    await page.getByLabel('Which containers').selectOption('Running')
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByText('Dark', { exact: true }).click()
    expect(await theme()).toBe('dark')
    const { api } = await ask(longshore)
    await eventually(async () => (await api.settings.read()).theme).toBe('dark')

    await page.reload()
    await eventually(theme).toBe('dark')
    await page.getByRole('link', { name: 'Containers' }).click()
    await eventually(() => state.getAttribute('aria-sort')).toBe('descending')
    expect(await page.getByLabel('Which containers').inputValue()).toBe('running')
  })
})
