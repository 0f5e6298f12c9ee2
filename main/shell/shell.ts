import { join } from 'node:path'
import { app, dialog, type BrowserWindow, type MessagePortMain } from 'electron'
import { log } from '../log'
import type { Platform } from '../platform'
import { confineContents, denyPermissions } from './confine'
import { answerPage } from './ipc'
import { setMenu } from './menu'
import { createNotify } from './notifications'
import { registerPageScheme, servePage } from './protocol'
import { createSecrets } from './secrets'
import { loadPage, openWindow, revealWindow } from './window'
import { readWindowPlace, writeWindowPlace } from './window-place'

/** The longest that ending the services may delay the exit. */
const endMillis = 10_000

/** What the window's page talks to. */
export interface Services {
  acceptPort: (port: MessagePortMain) => void
  close: () => Promise<void>
}

export interface ShellOptions {
  version: string
  dataFolder: string
  rendererFolder: string
  preloadFile: string
  startServices: (platform: Platform) => Services
}

/**
 * Runs Longshore as a desktop app: one instance, one window, and the services behind it until the
 * last window closes (on macOS: until it is quit). To be called before Electron is ready.
 */
export async function runShell(options: ShellOptions): Promise<void> {
  // Chromium's own files, and the lock that makes the app single, go with the data they belong to.
  app.setPath('userData', join(options.dataFolder, 'electron'))
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  app.enableSandbox()
  registerPageScheme()
  confineContents()

  let exitCode = 0
  const fail = (error: unknown) => {
    log.fatal({ error }, 'Longshore cannot go on')
    dialog.showErrorBox('Longshore cannot go on', messageOf(error))
    exitCode = 1
    app.quit()
  }
  const placeFile = join(options.dataFolder, 'window.json')
  let place = await readWindowPlace(placeFile)
  let placeKept = Promise.resolve()
  let window: BrowserWindow | null = null
  let services: Promise<Services> | null = null

  const open = async () => {
    window = openWindow({
      preloadFile: options.preloadFile,
      lastPlace: place,
      onClose: (left) => {
        window = null
        place = left
        placeKept = writeWindowPlace(placeFile, left).catch((error: unknown) =>
          log.warn({ error }, "the window's place could not be kept"),
        )
      },
    })
    await loadPage(window)
  }
  const showUp = () => {
    if (window) revealWindow(window)
    else open().catch(fail)
  }

  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  exitAfter(
    async () => {
      await placeKept
      await (await services)?.close()
    },
    () => exitCode,
  )

  try {
    await app.whenReady()
    denyPermissions()
    setMenu()
    await servePage(options.rendererFolder)
    const started = startServices(options, showUp)
    services = started
    answerPage(
      () => window,
      (port) => {
        started.then(
          ({ acceptPort }) => {
            acceptPort(port)
            port.start()
          },
          () => port.close(),
        )
      },
    )
    await open()
    app.on('second-instance', showUp)
    app.on('activate', showUp)
    await started
  } catch (error) {
    fail(error)
  }
}

/** The window does not wait for this: the system's key store may ask the person to unlock it. */
async function startServices(options: ShellOptions, showUp: () => void): Promise<Services> {
  const secrets = await createSecrets(options.dataFolder)
  const notices =
    secrets.protection === 'key-store'
      ? []
      : [
          'This system has no key store that Longshore can use: ' +
            'passwords given to it are kept in a file that only this user can read.',
        ]
  const { version, dataFolder } = options
  const notify = createNotify(showUp)
  return options.startServices({
    mode: 'electron',
    version,
    dataFolder,
    secrets,
    notices,
    notify,
  })
}

/** Holds the exit back until `end` is done or took too long. */
function exitAfter(end: () => Promise<void>, exitCode: () => number): void {
  let ending = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (ending) return
    ending = true
    const exit = () => app.exit(exitCode())
    setTimeout(exit, endMillis)
    end()
      .catch((error: unknown) => log.error({ error }, 'ending failed'))
      .finally(exit)
  })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
