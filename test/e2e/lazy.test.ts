import { basename } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { useBrowser, useLongshore } from './browser'
import { builtScripts, gzipBytes, MOST_FIRST_BYTES, reloadWatched } from './firstLoad'
import { rowOf } from './table'
import { maker } from './things'

const bed = inject('bed')
/** Every part is dropped once, and they are loaded one after the other. */
const AHEAD_MILLIS = 90_000

const PAGES = [
  ...['dashboard', 'images', 'volumes', 'networks', 'registries', 'alerts', 'jobs', 'engines'],
  ...['settings', 'containers/create', 'compare', 'logs', 'images/sharing', 'all'],
]
const TABS = ['charts', 'logs', 'terminal', 'files', 'processes', 'isolation', 'inspect']

/** Drops the loads of the scripts that `drops` names, as a browser does when networks change. */
async function drop(page: Page, drops: (script: string) => boolean): Promise<void> {
  await page.route('**/assets/*.js', (route) =>
    drops(basename(route.request().url())) ? route.abort('aborted') : route.continue(),
  )
}

/** Tells of each script whether it is asked for so early, once for each time that it is. */
function firstTimes(times: number, isMeant: (script: string) => boolean) {
  const asked = new Map<string, number>()
  return (script: string): boolean => {
    const before = asked.get(script) ?? 0
    asked.set(script, before + 1)
    return isMeant(script) && before < times
  }
}

const isLater = (script: string) => !/^(?:begin|first|rolldown-runtime)-/.test(script)

/** The catalogues of a language are loaded when it is chosen, and not ahead of that. */
const isOtherLanguage = (script: string) => /^(?:german|words\.de)-/.test(script)

describe('what the page loads', () => {
  const longshore = useLongshore(useBrowser(), () => bed.docker)
  const { run, idOf } = maker(bed.docker, bed.busybox)

  test('before the list with its live figures is within the budget', async () => {
    const name = await run()
    const page = await longshore.open()
    const asked = new Set<string>()
    await reloadWatched(page, (script) => asked.add(script), { ahead: false })
    await rowOf(page, name)
      .getByText(/^\d+\.\d%$/)
      .waitFor()
    expect(asked.size).toBeGreaterThan(0)
    expect(gzipBytes([...asked])).toBeLessThan(MOST_FIRST_BYTES)
    expect(gzipBytes(builtScripts())).toBeGreaterThan(MOST_FIRST_BYTES)
  })

  test('later is all there before it is wanted, though the first loads are dropped', async () => {
    const id = await idOf(await run())
    const page = await longshore.open()
    const missing = new Set(builtScripts().filter((script) => !isOtherLanguage(script)))
    page.on('requestfinished', (request) => missing.delete(basename(request.url())))
    await drop(page, firstTimes(1, isLater))
    await page.reload()
    await expect.poll(() => [...missing], { timeout: AHEAD_MILLIS }).toEqual([])

    await page.unroute('**/assets/*.js')
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('.js')) asked.push(request.url())
    })
    for (const path of [...PAGES, ...TABS.map((tab) => `containers/${id}?tab=${tab}`)]) {
      await page.evaluate((to) => (location.hash = to), `/${path}`)
      await page.getByRole('main').waitFor()
      expect(await page.getByText('Loading…', { exact: true }).count()).toBe(0)
    }
    expect(asked).toEqual([])
  })

  test('when a page is opened is asked for again while it is dropped', async () => {
    const page = await longshore.open()
    await drop(
      page,
      firstTimes(2, (script) => script.startsWith('DashboardPage-')),
    )
    await reloadWatched(page, () => undefined, { ahead: false })
    await page.getByRole('link', { name: 'Dashboard' }).click()
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
  })

  test('when a tab of the details is opened is asked for again while it is dropped', async () => {
    const id = await idOf(await run())
    const page = await longshore.open()
    await drop(
      page,
      firstTimes(2, (script) => /^(?:ContainerDetails|ProcessesTab)-/.test(script)),
    )
    await reloadWatched(page, () => undefined, { ahead: false })
    await page.evaluate((to) => (location.hash = to), `/containers/${id}?tab=processes`)
    await page.getByRole('tabpanel').getByText('sleep 1000', { exact: true }).waitFor()
  })

  test('and cannot be had is said, and tried again when the person wants', async () => {
    const page = await longshore.open()
    let gone = true
    await drop(page, (script) => gone && script.startsWith('DashboardPage-'))
    await reloadWatched(page, () => undefined, { ahead: false })
    await page.getByRole('link', { name: 'Dashboard' }).click()
    await page.getByRole('main').getByText('Loading…').waitFor()
    await page.getByRole('alert').getByText('This could not be loaded').waitFor()
    gone = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
  })

  test('and is gone since an update is had by loading the page anew', async () => {
    const page = await longshore.open()
    await drop(page, (script) => script.startsWith('SettingsPage-'))
    await reloadWatched(page, () => undefined, { ahead: false })
    const [script] = builtScripts().filter((each) => each.startsWith('begin-'))
    const isPage = ({ pathname }: URL) => pathname === '/'
    await page.route(isPage, async (route) => {
      const answer = await route.fetch()
      const body = (await answer.text()).replaceAll(script ?? '', 'begin-newer.js')
      await route.fulfill({ response: answer, body })
    })
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('alert').getByText('Longshore was updated').waitFor()
    await page.unroute(isPage)
    await page.unroute('**/assets/*.js')
    await page.getByRole('button', { name: 'Load the page anew' }).click()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
  })
})
