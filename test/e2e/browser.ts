import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core'
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest'
import type { EngineFacts } from '../bed'
import { sessionKeyName } from '../../preload/contract/session'
import { startApp, type RunningApp } from './app'

/** Screenshots of tests that fail, and of the ones that are about them. */
export const RESULTS = resolve('test-results/e2e')

const CHROMIUM = '/usr/bin/chromium'
const QUIET = [
  ...['--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  '--disable-sync',
]
const WAIT_MILLIS = 20_000

/** The app on one engine, with a browser that it has let in. */
export interface Longshore {
  /** Opens a page of the app in a tab that is closed after the test; nothing may go wrong in it. */
  open(path?: string): Promise<Page>
  /** `WebSocket`'s options for asking the app without a page. */
  readonly session: { url: string; headers: Record<string, string> }
}

/** One browser for all tests of a file. Call it at the top. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined
  beforeAll(async () => {
    const args = [...QUIET, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  })
  afterAll(() => browser?.close())
  return () => {
    if (!browser) throw new Error('The browser is started before the tests.')
    return browser
  }
}

/** The app on an engine, for the tests of the `describe` it is called in. */
export function useLongshore(
  browser: () => Browser,
  engine: () => Pick<EngineFacts, 'socket'>,
  options: BrowserContextOptions = {},
): Longshore {
  let app: RunningApp | undefined
  let context: BrowserContext | undefined
  let session: Longshore['session'] | undefined

  beforeAll(async () => {
    app = await startApp(inject('bed').folder, engine())
    context = await browser().newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      ...options,
    })
    context.setDefaultTimeout(WAIT_MILLIS)
    session = await letIn(context, app.address)
  })
  afterAll(async () => {
    await context?.close()
    await app?.stop()
  })

  return {
    async open(path = '/containers') {
      if (!context || !app) throw new Error('The app is started before the tests.')
      const page = await context.newPage()
      const troubles = troublesOf(page)
      onTestFinished(async ({ task }) => {
        if (task.result?.state === 'fail') await picture(page, task.name)
        await page.close()
        expect(troubles).toEqual([])
      })
      await page.goto(`${new URL(app.address).origin}/#${path}`)
      await page.getByRole('main').waitFor()
      return page
    },
    get session() {
      if (!session) throw new Error('The app is started before the tests.')
      return session
    },
  }
}

/** Spends the one-time address, as the person does who opens it. */
async function letIn(context: BrowserContext, address: string): Promise<Longshore['session']> {
  const page = await context.newPage()
  const troubles = troublesOf(page)
  await page.goto(address)
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
  expect(page.url()).not.toContain('token')
  const key = await page.evaluate((name) => localStorage.getItem(name), sessionKeyName)
  await page.close()
  expect(troubles).toEqual([])
  const { origin } = new URL(address)
  const cookies = await context.cookies(origin)
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const url = `${origin.replace('http', 'ws')}/rpc?key=${key ?? ''}`
  return { url, headers: { Cookie: cookie, Origin: origin } }
}

/** Everything that a person who opens the developer tools would see in red. */
function troublesOf(page: Page): string[] {
  const troubles: string[] = []
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return
    const { url } = message.location()
    if (!isDropped(url, message.text())) troubles.push(`${message.text()} (${url})`)
  })
  page.on('pageerror', (error) => troubles.push(error.stack ?? error.message))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? 'failed'
    if (!isDropped(request.url(), why)) troubles.push(`${request.url()}: ${why}`)
  })
  return troubles
}

/**
 * Whether a browser dropped a part of the app: because the tab went away meanwhile, or as it does whenever a
 * container that starts changes the machine's networks. The app asks for the part again (lazy.test.ts); the tab's
 * icon is asked for by the browser itself.
 */
function isDropped(url: string, why: string): boolean {
  return /net::ERR_(ABORTED|NETWORK_CHANGED)/.test(why) && /\/assets\/[\w~-]+\.(js|svg)$/.test(url)
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(RESULTS, { recursive: true })
  await page.screenshot({ path: join(RESULTS, `${name.replace(/\W+/g, '-').slice(0, 80)}.png`) })
}

/** `expect(probe())` until it holds. */
export function eventually<T>(probe: () => T | Promise<T>) {
  return expect.poll(probe, { timeout: WAIT_MILLIS, interval: 50 })
}
