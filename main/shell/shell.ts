import { join } from 'node:path'
import { app, dialog, type MessagePortMain } from 'electron'
import type { Api } from '../../preload/contract'
import { say } from '../../preload/contract/say'
import { languageOf } from '../../preload/contract/settings'
import { log } from '../log'
import type { Platform } from '../platform'
import { speakLanguage } from '../words/speakLanguage'
import { confineContents, denyPermissions } from './confine'
import { watchCrashes } from './crashes'
import { Desktop } from './desktop'
import { answerPage } from './ipc'
import { linkAmong, linkMessage, linkScheme } from './links'
import { MainWindow } from './mainWindow'
import { createNotify } from './notifications'
import { Opening } from './opening'
import { PageMessages } from './pageMessages'
import { registerPageScheme, servePage } from './protocol'
import { createSecrets } from './secrets'
import { startsHidden } from './startAtLogin'
import { builtInFeed, updatesItself } from './updateFeed'
import { startUpdates } from './updates'
import { shellWords } from './words'

/** The longest that ending the services may delay the exit. */
const endMillis = 10_000

/** What the window's page talks to, and the shell itself. */
export interface Services {
  acceptPort: (port: MessagePortMain) => unknown
  api: Api
  close: () => Promise<void>
}

export interface ShellOptions {
  version: string
  dataFolder: string
  rendererFolder: string
  preloadFile: string
  /** The command line without the program's own name. */
  args: readonly string[]
  startServices: (platform: Platform) => Services
}

/**
 * Runs Longshore as a desktop app: one instance, one window, a tray, and the services behind them until
 * the last window closes (on macOS, and when it closes to the tray: until it is quit). To be called
 * before Electron is ready.
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
  const messages = new PageMessages()
  const openLink = (link: string) => messages.send(linkMessage(link))

  let desktop: Desktop | null = null
  const shellText = () => desktop?.words ?? shellWords('system', [])
  const words = () => shellText().failure
  let exitCode = 0
  const fail = (error: unknown) => {
    log.fatal({ error }, 'Longshore cannot go on')
    dialog.showErrorBox(words().cannotGoOn, messageOf(error))
    exitCode = 1
    app.quit()
  }
  const window = new MainWindow({
    preloadFile: options.preloadFile,
    placeFile: join(options.dataFolder, 'window.json'),
    messages,
    onFailed: fail,
    onHidden: () => desktop?.tellOfTray(),
  })
  const showUp = () => window.showUp()
  let services: Promise<Services> | null = null

  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  // macOS hands links over by this, also the one that the app is started for.
  app.on('open-url', (event, link) => {
    event.preventDefault()
    openLink(link)
    if (app.isReady()) showUp()
  })
  const ignoreCrashes = watchCrashes({
    ourWindow: () => window.current,
    words: () => words().pageGone,
    onFatal: fail,
  })
  exitAfter(
    async () => {
      desktop?.close()
      await window.settled()
      await (await services)?.close()
      ignoreCrashes()
    },
    () => exitCode,
  )

  try {
    await app.whenReady()
    denyPermissions()
    takeLinks()
    const notify = createNotify(showUp)
    const started = startServices(options, notify)
    services = started
    // Whoever waits for it below says what went wrong, which may be after it did.
    started.catch(() => undefined)
    const opening = new Opening({
      dataFolder: options.dataFolder,
      api: () => started.then(({ api }) => api),
      words: () => shellText().opening,
    })
    await opening.clear()
    const around = new Desktop({
      window,
      messages,
      notify,
      menuActions: {
        openLogFolder: () => void opening.logFolder(),
      },
    })
    desktop = around
    await servePage(options.rendererFolder)
    answerPage({
      ourWindow: () => window.current,
      messages,
      opening,
      acceptPort: (port) => {
        started.then(
          ({ acceptPort }) => {
            acceptPort(port)
            port.start()
          },
          () => port.close(),
        )
      },
    })
    const link = linkAmong(options.args)
    if (link !== null) openLink(link)
    if (link !== null || !startsHidden(options.args)) await window.open()
    app.on('second-instance', (_event, args) => {
      const further = linkAmong(args)
      if (further !== null) openLink(further)
      showUp()
    })
    app.on('activate', showUp)
    const { api } = await started
    around.follow(api)
    void startUpdates({ settings: api.settings, notify, words: () => around.words.updates })
  } catch (error) {
    fail(error)
  }
}

/** Has the system open `longshore://` links with this program; a checkout leaves that to what is installed. */
function takeLinks(): void {
  if (app.isPackaged && !app.setAsDefaultProtocolClient(linkScheme)) {
    log.warn(`the system does not let Longshore open ${linkScheme}: links`)
  }
}

/** The window does not wait for this: the system's key store may ask the person to unlock it. */
async function startServices(options: ShellOptions, notify: Platform['notify']): Promise<Services> {
  const secrets = await createSecrets(options.dataFolder)
  const notices = () =>
    secrets.protection === 'key-store'
      ? []
      : [
          say`This system has no key store that Longshore can use: passwords given to it are kept in a file that only this user can read.`,
        ]
  await speakLanguage(languageOf('system', app.getPreferredSystemLanguages()))
  const { version, dataFolder } = options
  return options.startServices({
    mode: 'electron',
    version,
    dataFolder,
    secrets,
    notices,
    notify,
    updatesItself: updatesItself(builtInFeed, app),
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
