import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { eventually, useBrowser, useLongshore } from './browser'
import { rowOf } from './table'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

/** What the content security policy refused in a page, from its first script on. */
async function refusalsOf(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const refusals: string[] = []
    Object.assign(window, { refusals })
    addEventListener('securitypolicyviolation', (event) => {
      refusals.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  await page.reload()
  await page.getByRole('main').waitFor()
  return () => page.evaluate(() => (window as unknown as { refusals: string[] }).refusals)
}

/** The page without its own id in it. */
const PAGES = [
  ...['dashboard', 'containers', 'images', 'volumes', 'networks', 'registries', 'alerts', 'jobs'],
  ...['engines', 'settings', 'containers/create', 'compare', 'logs', 'images/sharing'],
]
const TABS = [
  'overview',
  'charts',
  'logs',
  'terminal',
  'files',
  'processes',
  'isolation',
  'inspect',
]

describe('the content security policy', () => {
  const longshore = useLongshore(browser, () => bed.docker)
  const { run, idOf } = maker(bed.docker, bed.busybox)

  test('has no source but the app itself, and none that is unsafe', async () => {
    const page = await longshore.open()
    const answer = await page.request.get(new URL(page.url()).origin)
    const policy = answer.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*|https?:|blob:/)
  })

  test('is kept by every page, with its charts and what a row opens', async () => {
    const name = await run()
    const id = await idOf(name)
    const page = await longshore.open()
    const refusals = await refusalsOf(page)
    for (const path of [...PAGES, ...TABS.map((tab) => `containers/${id}?tab=${tab}`)]) {
      await page.evaluate((to) => (location.hash = to), `/${path}`)
      await page.getByRole('main').waitFor()
      await page.waitForLoadState('networkidle')
    }
    await page.evaluate(() => (location.hash = '/containers'))
    await rowOf(page, name)
      .getByText(/^\d+\.\d%$/)
      .waitFor()
    await page.getByRole('row', { name }).getByRole('button', { name: /^More/ }).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    expect(await refusals()).toEqual([])
  })

  test('is kept by a terminal, which has its colours all the same', async () => {
    const id = await idOf(await run())
    const page = await longshore.open(`/containers/${id}?tab=terminal`)
    const refusals = await refusalsOf(page)
    await page.getByRole('button', { name: 'Open a terminal' }).click()
    const rows = page.locator('.xterm-rows')
    await eventually(() => rows.innerText()).toContain('#')
    await page.keyboard.type(
      "printf '\\033[38;2;255;128;0m%s\\033[0m \\033[31m%s\\033[0m\\n' or''ange r''ed\n",
    )
    const colourOf = (word: string) =>
      rows
        .locator('span')
        .getByText(word, { exact: true })
        .evaluate((element) => getComputedStyle(element).color)
    await eventually(() => rows.innerText()).toContain('orange red')
    // A colour of its own is a style attribute in xterm.js, one of the sixteen a class.
    const [orange, red] = [await colourOf('orange'), await colourOf('red')]
    expect(orange).toMatch(/^rgb\(/)
    expect(
      new Set([orange, red, await rows.evaluate((element) => getComputedStyle(element).color)])
        .size,
    ).toBe(3)
    // Cells have one width: that is a rule of xterm.js' own sheet.
    const display = await rows
      .locator('span')
      .first()
      .evaluate((element) => getComputedStyle(element).display)
    expect(display).toBe('inline-block')
    expect(await refusals()).toEqual([])
  })
})
