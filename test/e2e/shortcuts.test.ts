import { describe, expect, inject, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'

const bed = inject('bed')
const browser = useBrowser()

describe('the sheet of shortcuts', () => {
  const longshore = useLongshore(browser, () => bed.docker)

  test('opens by its key, and gives the focus back', async () => {
    const page = await longshore.open()
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    const link = page.getByRole('link', { name: 'Images' })
    await link.focus()
    await page.keyboard.press('?')
    await sheet.getByText('Commands: every action and object by name').waitFor()
    await sheet.getByText('Ctrl+K', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await eventually(() => link.evaluate((place) => place === document.activeElement)).toBe(true)
  })

  test('opens by its command, and not while one types', async () => {
    const page = await longshore.open()
    const search = page.getByRole('searchbox')
    await page.keyboard.press('/')
    await page.keyboard.type('who?')
    await eventually(() => search.inputValue()).toBe('who?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(await sheet.count()).toBe(0)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('keyboard shortcuts')
    await page.keyboard.press('Enter')
    await sheet.waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await eventually(() => search.evaluate((field) => field === document.activeElement)).toBe(true)
  })
})
