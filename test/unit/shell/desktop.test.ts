import { readFile, rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { autostartEntry, autostartFile } from '../../../main/shell/startAtLogin'
import { nextZoom } from '../../../main/shell/zoom'
import { app, nativeTheme, standin, type MenuEntry } from '../../standin/electron'
import { buildPreload, startHidden, startShell, type RunningShell } from './harness'

vi.mock('electron', () => import('../../standin/electron'))

let preload: string
beforeAll(async () => {
  preload = (await buildPreload()).code
})

let shell: RunningShell
beforeEach(async () => {
  standin.reset()
  shell = await startShell(preload)
  return async () => {
    app.quit()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
    await shell.remove()
  }
})

/** The window closes as the person closes it, once the choice has arrived. */
async function closesToTray() {
  await shell.stage.change({ closeToTray: true })
  await vi.waitFor(() => {
    shell.window.close()
    expect(shell.window.visible).toBe(false)
    expect(standin.windows).toHaveLength(1)
  })
}

describe('closing the window', () => {
  test('ends the app, unless it was chosen otherwise', async () => {
    shell.window.close()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
  })

  test('leaves it in the tray where that was chosen, says so once, and loses nothing', async () => {
    await shell.stage.change({ closeToTray: true, theme: 'dark' })
    await vi.waitFor(() => expect(nativeTheme.themeSource).toBe('dark'))
    shell.window.close()
    expect(standin.windows).toEqual([shell.window])
    expect(shell.window.done.at(-1)).toBe('hide')
    expect(app.exitCode).toBeNull()
    expect(standin.notifications.map(({ options }) => options.title)).toEqual([
      'Longshore goes on in the background',
    ])
    // Where a desktop shows no tray, this is the way back.
    app.emit('second-instance', {}, ['longshore'])
    expect(shell.window.visible).toBe(true)
    shell.window.close()
    expect(standin.notifications).toHaveLength(1)
  })

  test('does not hold back the end of the app', async () => {
    await closesToTray()
    app.quit()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
    expect(standin.windows).toEqual([])
  })

  test("does not hold back the end of the person's session (Windows)", async () => {
    await closesToTray()
    shell.window.emit('session-end')
    shell.window.close()
    expect(standin.windows).toEqual([])
  })

  test('is one end again when the choice is taken back', async () => {
    await closesToTray()
    await shell.stage.change({ closeToTray: false, theme: 'light' })
    await vi.waitFor(() => expect(nativeTheme.themeSource).toBe('light'))
    shell.window.close()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
  })
})

describe('a hidden start', () => {
  const startAgain = async (args: string[]) => {
    app.quit()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
    const { wasOpenedAtLogin } = app
    standin.reset()
    app.wasOpenedAtLogin = wasOpenedAtLogin
    return startHidden(preload, { args, dataFolder: shell.dataFolder })
  }

  test('has a tray and no window, until it is asked for', async () => {
    await startAgain(['--hidden'])
    expect(standin.windows).toEqual([])
    expect(standin.trays).toHaveLength(1)
    const show = standin.trays[0]?.menu.find(({ label }) => label === 'Show Longshore')
    show?.click?.()
    await vi.waitFor(() => expect(standin.windows[0]?.visible).toBe(true))
  })

  test('is what macOS does at login, which knows no flags', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
    app.wasOpenedAtLogin = true
    await startAgain([])
    expect(standin.windows).toEqual([])
    vi.restoreAllMocks()
  })
})

describe('starting at login', () => {
  test.each(['darwin', 'win32'] as const)('is left to the system on %s', async (platform) => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform)
    await shell.stage.change({ startAtLogin: true })
    await vi.waitFor(() => expect(app.loginItem).toEqual({ openAtLogin: true, args: ['--hidden'] }))
    await shell.stage.change({ startAtLogin: false })
    await vi.waitFor(() => expect(app.loginItem.openAtLogin).toBe(false))
    vi.restoreAllMocks()
  })

  test.runIf(process.platform === 'linux')(
    'is a file in the autostart folder on Linux',
    async () => {
      const config = await mkdtemp(join(tmpdir(), 'longshore-config-'))
      vi.stubEnv('XDG_CONFIG_HOME', config)
      vi.stubEnv('APPIMAGE', '/home/me/My "Apps"/Longshore 100%.AppImage')
      const file = join(config, 'autostart', 'longshore.desktop')
      await shell.stage.change({ startAtLogin: true })
      await vi.waitFor(async () =>
        expect(await readFile(file, 'utf8')).toContain('Type=Application'),
      )
      expect(await readFile(file, 'utf8')).toContain(
        String.raw`Exec="/home/me/My \\"Apps\\"/Longshore 100%%.AppImage" "--hidden"`,
      )
      await shell.stage.change({ startAtLogin: false })
      await vi.waitFor(() => expect(readFile(file)).rejects.toThrow('ENOENT'))
      vi.unstubAllEnvs()
      await rm(config, { recursive: true })
    },
  )

  test('the file is where the system looks, and says what to run', () => {
    const inHome = '/home/me/.config/autostart/longshore.desktop'
    expect(autostartFile({}, '/home/me')).toBe(inHome)
    expect(autostartFile({ XDG_CONFIG_HOME: 'relative' }, '/home/me')).toBe(inHome)
    expect(autostartFile({ XDG_CONFIG_HOME: '/etc/me' }, '/home/me')).toBe(
      '/etc/me/autostart/longshore.desktop',
    )
    const line = String.raw`Exec="a\\$b" "\\\\c" "\\` + '`d"'
    expect(autostartEntry(['a$b', '\\c', '`d']).split('\n')).toContain(line)
  })
})

describe('the zoom', () => {
  const menuItem = (label: string): MenuEntry | undefined =>
    standin.menu?.flatMap(({ submenu }) => submenu ?? []).find((item) => item.label === label)

  test('is changed by the menu and by Ctrl with the wheel, from 50 to 300 %', () => {
    const { webContents } = shell.window
    menuItem('Zoom In')?.click?.()
    expect(webContents.zoomFactor).toBe(1.1)
    webContents.emit('zoom-changed', {}, 'in')
    expect(webContents.zoomFactor).toBe(1.25)
    menuItem('Actual Size')?.click?.()
    expect(webContents.zoomFactor).toBe(1)
    for (let count = 0; count < 30; count++) webContents.emit('zoom-changed', {}, 'out')
    expect(webContents.zoomFactor).toBe(0.5)
    for (let count = 0; count < 30; count++) menuItem('Zoom In')?.click?.()
    expect(webContents.zoomFactor).toBe(3)
  })

  test('is kept: over a reload and over a restart', async () => {
    const { webContents } = shell.window
    menuItem('Zoom Out')?.click?.()
    webContents.zoomFactor = 1
    await shell.window.loadURL('app://longshore/')
    expect(webContents.zoomFactor).toBe(0.9)
    app.quit()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
    standin.reset()
    const again = await startShell(preload, { dataFolder: shell.dataFolder })
    expect(again.window.webContents.zoomFactor).toBe(0.9)
  })

  test('goes on from a factor between two steps', () => {
    expect(nextZoom(1.05, 'in')).toBe(1.1)
    expect(nextZoom(1.05, 'out')).toBe(1)
    expect(nextZoom(2.2, 'reset')).toBe(1)
  })
})
