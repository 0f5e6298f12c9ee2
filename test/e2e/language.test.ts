import { describe, expect, inject, test } from 'vitest'
import { useBrowser, useLongshore } from './browser'
import { stateOf } from './table'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

describe('the language', () => {
  const longshore = useLongshore(browser, () => bed.docker)
  const { run } = maker(bed.docker, bed.busybox)

  test('that is chosen in the settings is spoken at once, without a reload, and remembered', async () => {
    const name = await run()
    const page = await longshore.open('/settings')
    await page.evaluate(() => Object.assign(window, { sameDocument: true }))
    await page.getByRole('radio', { name: 'Deutsch' }).check({ force: true })
    await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor()
    await page
      .getByRole('navigation', { name: 'Seiten' })
      .getByRole('link', { name: 'Container' })
      .click()
    await stateOf(page, name, 'Läuft').waitFor()
    await page
      .getByRole('row')
      .filter({ hasText: name })
      .getByText(/^\d+,\d\s%$/)
      .waitFor()
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
    expect(await page.locator('html').getAttribute('lang')).toBe('de')

    const later = await longshore.open('/images')
    await later.getByRole('button', { name: 'Image pullen' }).waitFor()

    await later.getByRole('link', { name: 'Einstellungen' }).click()
    await later.getByRole('radio', { name: 'English' }).check({ force: true })
    await later.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  })
})
