import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { app, nativeTheme, safeStorage, standin } from '../../standin/electron'
import { bridgeOf, buildPreload, startShell, type RunningShell } from './harness'

vi.mock('electron', () => import('../../standin/electron'))

let preload: string
beforeAll(async () => {
  preload = (await buildPreload()).code
})

let shell: RunningShell
beforeEach(async () => {
  standin.reset()
  shell = await startShell(preload)
})
afterEach(() => shell.remove())

/** A second start with the data of the first. */
async function startAgain(): Promise<RunningShell> {
  const { keyStore, keyLost } = standin
  standin.reset()
  Object.assign(standin, { keyStore, keyLost })
  return startShell(preload, { dataFolder: shell.dataFolder })
}

describe('the window', () => {
  test('is sandboxed and isolated, without Node, with web security on', () => {
    expect(shell.window.options['webPreferences']).toEqual({
      preload: '/app/preload/index.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
    expect(app.sandboxEnabled).toBe(true)
  })

  test('shows our page, once it has been drawn', () => {
    expect(shell.page.frame.url).toBe('app://longshore/')
    expect(shell.window.options['show']).toBe(false)
    expect(shell.window.done).toEqual(['show'])
  })

  test("stands on the system's colour until then", async () => {
    expect(shell.window.options['backgroundColor']).toBe('#ffffff')
    nativeTheme.shouldUseDarkColors = true
    const dark = await startAgain()
    expect(dark.window.options['backgroundColor']).toBe('#16181d')
    nativeTheme.shouldUseDarkColors = false
  })

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    'does not go elsewhere: %s',
    (event) => {
      const { webContents } = shell.window
      const elsewhere = [
        'https://evil.example/',
        'http://127.0.0.1:7450/',
        'file:///etc/passwd',
        'javascript:alert(1)',
        'data:text/html,x',
        'about:blank',
        'app://evil/',
        'app://longshore.evil/',
        'app:longshore',
      ]
      for (const url of elsewhere) expect(webContents.goesOn(event, url), url).toBe(false)
      expect(webContents.goesOn(event, 'app://longshore/index.html#/images')).toBe(true)
    },
  )

  test('opens no second window, and links of the web in the browser', () => {
    const { webContents } = shell.window
    for (const url of ['https://example.org/docs', 'file:///etc/passwd', 'app://longshore/', '']) {
      expect(webContents.opensWindow(url)).toBe(false)
    }
    expect(standin.opened).toEqual(['https://example.org/docs'])
  })

  test('embeds nothing', () => {
    expect(shell.window.webContents.goesOn('will-attach-webview', '')).toBe(false)
  })

  test('confines whatever else Electron may show', async () => {
    const { BrowserWindow } = await import('../../standin/electron')
    const other = new BrowserWindow({})
    expect(other.webContents.goesOn('will-navigate', 'https://evil.example/')).toBe(false)
    expect(other.webContents.opensWindow('https://evil.example/')).toBe(false)
  })

  test('grants no permission but putting text on the clipboard', () => {
    const asked = ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'usb']
    for (const permission of asked) {
      expect(standin.grants(permission, 'app://longshore/'), permission).toBe(false)
    }
    expect(standin.grants('clipboard-sanitized-write', 'app://longshore/')).toBe(true)
    expect(standin.grants('clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
  })
})

describe('the scheme', () => {
  const get = (url: string, method = 'GET') => {
    const handler = standin.schemes['app']
    if (!handler) throw new Error('no handler')
    return handler(new Request(url, { method }))
  }

  test('has an origin of its own, and no way around the rules', () => {
    expect(standin.privileged).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ])
  })

  test("serves the page's files with the policy of browser mode", async () => {
    const page = await get('app://longshore/')
    expect(await page.text()).toContain('the page')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    const script = await get('app://longshore/assets/index-a1b2.js')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await (await get('app://longshore/containers')).text()).toContain('the page')
  })

  test('serves nothing else', async () => {
    const targets = [
      'app://longshore/../../../../etc/hosts.txt',
      'app://longshore/%2e%2e/%2e%2e/%2e%2e/etc/hosts.txt',
      'app://longshore/..%2f..%2f..%2f..%2fetc%2fhosts.txt',
      'app://longshore/..%5c..%5cetc%5chosts.txt',
      'app://longshore//etc/hosts.txt',
      'app://longshore/assets/gone.js',
      'app://evil/',
      'app://evil/index.html',
    ]
    for (const url of targets) expect((await get(url)).status, url).toBe(404)
    expect((await get('app://longshore/', 'POST')).status).toBe(404)
  })
})

describe("the window's place", () => {
  test('is remembered, restored size and maximised or not', async () => {
    Object.assign(shell.window, { maximised: true })
    shell.window.bounds = { x: 100, y: 50, width: 1100, height: 750 }
    app.quit()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
    const again = await startAgain()
    expect(again.window.options).toMatchObject({ x: 100, y: 50, width: 1100, height: 750 })
    expect(again.window.done).toEqual(['maximize', 'show'])
  })

  test('is forgotten when its file cannot be understood', async () => {
    for (const content of ['', '{', '{"x":1}', 'null', '{"x":"a","y":0,"width":1,"height":1}']) {
      await writeFile(join(shell.dataFolder, 'window.json'), content)
      const again = await startAgain()
      expect(again.window.options).toMatchObject({ width: 1280, height: 800 })
      expect(again.window.options).not.toHaveProperty('x')
    }
  })
})

describe('passwords', () => {
  test('are encrypted by the key store where there is one', async () => {
    const { secrets, notices } = shell.platform
    expect(secrets.protection).toBe('key-store')
    expect(notices()).toEqual([])
    await expect(secrets.read()).resolves.toBeNull()
    await secrets.write('{"registry":"hunter2"}')
    const file = join(shell.dataFolder, 'secrets.encrypted')
    expect(await readFile(file, 'utf8')).not.toContain('hunter2')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const again = await startAgain()
    await expect(again.platform.secrets.read()).resolves.toBe('{"registry":"hunter2"}')
  })

  test('say what to do when the key is lost', async () => {
    await shell.platform.secrets.write('x')
    standin.keyLost = true
    await expect(shell.platform.secrets.read()).rejects.toMatchObject({
      code: 'permission-denied',
      hint: expect.stringContaining('secrets.encrypted') as string,
    })
  })

  test.each(['none', ...(process.platform === 'linux' ? ['basic_text'] : [])])(
    'are kept in a file of the user where there is none (%s), and the window says so',
    async (keyStore) => {
      standin.keyStore = keyStore
      const again = await startAgain()
      expect(again.platform.secrets.protection).toBe('file')
      expect(again.platform.notices()).toEqual([expect.stringContaining('only this user can read')])
      await again.platform.secrets.write('x')
      expect((await stat(join(again.dataFolder, 'secrets.json'))).mode & 0o777).toBe(0o600)
    },
  )

  test('are kept in a file when the key store fails', async () => {
    const failing = vi.spyOn(safeStorage, 'isAsyncEncryptionAvailable')
    failing.mockRejectedValueOnce(new Error('no bus'))
    expect((await startAgain()).platform.secrets.protection).toBe('file')
  })
})

describe('the life of the app', () => {
  test('keeps its data where the flags say, and describes itself', () => {
    expect(app.paths).toEqual({ userData: join(shell.dataFolder, 'electron') })
    expect(shell.platform).toMatchObject({
      mode: 'electron',
      version: '1.2.3',
      dataFolder: shell.dataFolder,
    })
  })

  test('is single: a second start shows the first window and goes', async () => {
    shell.window.minimised = true
    app.emit('second-instance', {}, ['/usr/bin/longshore'])
    expect(shell.window.done).toEqual(['show', 'restore', 'show', 'focus'])
    standin.reset()
    app.hasLock = false
    await expect(startShell(preload)).rejects.toThrow('did not start its services')
    expect(app.exitCode).toBe(0)
    expect(standin.windows).toEqual([])
  })

  test('ends when the last window closes, after the services have', async () => {
    let closed: () => void = () => undefined
    shell.closeServices.mockReturnValue(new Promise<void>((resolve) => (closed = resolve)))
    shell.window.close()
    await vi.waitFor(() => expect(shell.closeServices).toHaveBeenCalledOnce())
    app.quit()
    expect(app.exitCode).toBeNull()
    closed()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
    expect(shell.closeServices).toHaveBeenCalledOnce()
  })

  test('ends though the services cannot', async () => {
    shell.closeServices.mockRejectedValue(new Error('stuck'))
    app.quit()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
  })

  test('says why it cannot go on, and ends with an error', async () => {
    standin.reset()
    const starting = startShell(preload, {
      startServices: () => {
        throw new Error('the disk is full')
      },
    })
    await expect(starting).rejects.toThrow()
    expect(standin.errors).toEqual([['Longshore cannot go on', 'the disk is full']])
    await vi.waitFor(() => expect(app.exitCode).toBe(1))
  })

  test('gives the page its bridge again when the window is opened again (macOS)', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
    shell.window.close()
    expect(app.exitCode).toBeNull()
    app.emit('activate')
    await vi.waitFor(() => expect(standin.windows[0]?.page).toBeTruthy())
    const page = standin.windows[0]?.page
    if (page) expect(bridgeOf(page).platform).toBe('linux')
    vi.restoreAllMocks()
  })
})
