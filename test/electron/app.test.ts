import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { electronBinary, whyNoElectron } from './binary'

/** As root Chromium starts without its sandbox only. */
const isRoot = process.getuid?.() === 0
const reason = whyNoElectron()
if (reason) console.log(`skipped: the desktop app's tests, because ${reason}`)

describe.skipIf(reason)('the desktop app', () => {
  let dataFolder: string
  let app: ElectronApplication
  let page: Page

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'longshore-electron-'))
    app = await _electron.launch({
      executablePath: electronBinary() ?? '',
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        resolve('out/main/index.js'),
        '--engine',
        inject('bed').docker.socket,
      ],
      env: { ...process.env, LONGSHORE_DATA: dataFolder },
      timeout: 60_000,
    })
    page = await app.firstWindow()
  })
  afterAll(async () => {
    await app.close()
    await rm(dataFolder, { recursive: true, force: true })
  })

  test('opens one window on its own page', async () => {
    await page.waitForLoadState()
    expect(new URL(page.url()).href).toMatch(/^app:\/\/longshore\//)
    expect(await page.title()).toBe('Longshore')
    expect(app.windows()).toHaveLength(1)
  })

  test('shows the engine and its state, over the message port', async () => {
    await page.getByText('Docker').first().waitFor()
    await page.getByText('Connected', { exact: false }).first().waitFor()
  })

  test('keeps the page apart from Node and from preload', async () => {
    const reachable = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window),
    )
    expect(reachable).toEqual([])
    expect(await page.evaluate(() => Object.isFrozen(window.longshore))).toBe(true)
  })

  test.runIf(process.platform === 'linux' && !isRoot)(
    "runs the page in Chromium's sandbox",
    async () => {
      const pid = await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
      )
      // 2: the process may only make the system calls that its filter lets through (seccomp(2)).
      expect(await readFile(`/proc/${pid ?? 0}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
    },
  )

  test('lets the page load nothing from elsewhere', async () => {
    const loaded = await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => 'loaded',
        () => 'refused',
      ),
    )
    expect(loaded).toBe('refused')
  })

  test('has a menu whose keys reach the page', async () => {
    await app.evaluate(({ Menu }) => {
      const go = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? [])
      go?.find(({ accelerator }) => accelerator === 'CmdOrCtrl+3')?.click()
    })
    await page.waitForURL(/#\/images/)
  })

  test('opens what a second start is given as a link', async () => {
    await app.evaluate(({ app }) => {
      app.emit('second-instance', {}, ['longshore', 'longshore://engines'])
    })
    await page.waitForURL(/#\/engines/)
  })

  test('draws its page at the zoom that was chosen, also after it was loaded again', async () => {
    const factor = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
      )
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.emit('zoom-changed', {}, 'in')
    })
    expect(await factor()).toBeCloseTo(1.1)
    await page.reload()
    await expect.poll(factor).toBeCloseTo(1.1)
  })

  test('hides its window where that is chosen, and shows it at a second start', async () => {
    const isVisible = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByLabel('Closing the window leaves Longshore in the tray').check()
    await expect
      .poll(() => readFile(join(dataFolder, 'settings.json'), 'utf8'), { timeout: 20_000 })
      .toContain('"closeToTray": true')
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect.poll(isVisible, { timeout: 20_000 }).toBe(false)
    await app.evaluate(({ app }) => {
      app.emit('second-instance', {}, ['longshore'])
    })
    await expect.poll(isVisible, { timeout: 20_000 }).toBe(true)
  })

  test('stays on its page, in its window', async () => {
    await page.evaluate(() => {
      window.open('file:///etc/hosts')
      location.href = 'file:///etc/hosts'
    })
    // An answer of the page says that it is still there.
    expect(await page.evaluate(() => document.title)).toBe('Longshore')
    expect(page.url()).toMatch(/^app:\/\/longshore\//)
    expect(app.windows()).toHaveLength(1)
  })
})
