import { hostname } from 'node:os'
import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { words } from '../../renderer/words'
import { ask } from './ask'
import { useBrowser, useLongshore } from './browser'
import { speakPseudo } from './pseudo'
import { findTextTroubles } from './shownTexts'
import { rowOf } from './table'
import { maker } from './things'

const bed = inject('bed')
const browser = useBrowser()

/** What is shown and is no word: names, numbers with their units, moments, versions, names of programs. */
const DATA = [
  String.raw`[<≈~]?[-\d.,:%\s–]+(?:B|[KMGT]iB|s|min|h|d|mo|y|ms|MHz)?(?:/s)?`,
  String.raw`\d+[smhd]`,
  String.raw`(?:e2e|longshore-sample)-[\w-]+`,
  String.raw`localhost/[\w./:-]+`,
  hostname(),
  // Engines, their parts, networks and drivers.
  String.raw`(?:Docker|Podman) [\w.+~-]+`,
  'Engine|containerd|runc|docker-init|docker run|Compose',
  'none|null|host|bridge|local',
  // What main says is in its own catalogue.
  'Passwords given to Longshore.*',
]

describe('in a language whose words are 40 % longer, no word is missing, cut off or printed over another', () => {
  const longshore = useLongshore(browser, () => bed.docker, {
    viewport: { width: 900, height: 600 },
  })
  const { run, create, idOf } = maker(bed.docker, bed.busybox)

  /** The first page of the browser brings the language to all. */
  async function open(path: string): Promise<Page> {
    const page = await longshore.open('/settings')
    await speakPseudo(page.context(), words.global.getLocaleMessage('en'))
    const { api } = await ask(longshore)
    await api.settings.change({ language: 'de' })
    await page.getByRole('heading', { name: /^\[/, level: 1 }).waitFor()
    await goTo(page, path)
    return page
  }

  test('on the list of containers', async () => {
    const [running] = [await run(), await create()]
    const page = await open('/containers')
    await rowOf(page, running).waitFor()
    await check(page)
  })

  test('in the details of a container', async () => {
    const name = await run(['--env', 'API_TOKEN=hidden', '--cpus', '0.5', '--label', 'e2e-a=b'])
    const page = await open(`/containers/${await idOf(name)}`)
    await checkTabs(page)
  })

  test.each([
    'images',
    'volumes',
    'networks',
    'registries',
    'alerts',
    'jobs',
    'engines',
    'settings',
    'all',
    'compare',
    'containers/create',
  ])('on the page %s', async (path) => {
    await run()
    const page = await open(`/${path}`)
    await page.getByRole('main').getByText(/\[/).first().waitFor()
    for (;;) {
      const closed = page.getByRole('main').locator('h2 button[aria-expanded=false]')
      if ((await closed.count()) === 0) break
      await closed.first().click()
    }
    await check(page)
  })

  test('on the page of an engine', async () => {
    const page = await open('/engines')
    await page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link').click()
    await checkTabs(page)
  })
})

async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(page.url().replace(/#.*/, `#${path}`))
}

/** Each tab of the page, as soon as it has something to say. */
async function checkTabs(page: Page): Promise<void> {
  const tabs = page.getByRole('main').getByRole('tab')
  await tabs.first().waitFor()
  for (const tab of await tabs.all()) {
    await tab.click()
    await page.getByRole('tabpanel').first().waitFor()
    await check(page)
  }
}

async function check(page: Page): Promise<void> {
  const troubles = await page.evaluate(findTextTroubles, DATA)
  expect.soft(troubles, page.url()).toEqual({ bare: [], cut: [], overlapping: [] })
}
