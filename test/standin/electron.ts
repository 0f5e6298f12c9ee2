/**
 * Stands in for the `electron` module where its binary is not: `vi.mock('electron', () =>
 * import('…/standin/electron'))`. It keeps the rules that our code lives by: structured clones and
 * transferred ports between the worlds, messages that wait for `start()`, sender frames, a frozen
 * bridge, events that can be prevented, and Electron's defaults, which allow what nobody forbids.
 * `standin` is what tests drive it with.
 */
import { EventEmitter } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import { Page, type Frame } from './page'
import { MessagePortMain, transfer } from './ports'

type Listener = (...args: never[]) => unknown
type Handler = (...args: unknown[]) => unknown

/** An event that says whether it was prevented. */
function preventable(more: object = {}) {
  const event = {
    ...more,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return event
}

class App extends EventEmitter {
  isPackaged = true
  paths: Record<string, string> = {}
  hasLock = true
  sandboxEnabled = false
  languages = ['en-GB']
  /** Schemes whose links the system opens with this program. */
  protocols: string[] = []
  loginItem: { openAtLogin: boolean; args?: string[] } = { openAtLogin: false }
  wasOpenedAtLogin = false
  ready = false
  quitting = false
  /** Null while the process lives. */
  exitCode: number | null = null

  setPath = (name: string, path: string) => {
    this.paths[name] = path
  }
  requestSingleInstanceLock = () => this.hasLock
  releaseSingleInstanceLock = () => {
    this.hasLock = false
  }
  enableSandbox = () => {
    this.sandboxEnabled = true
  }
  isReady = () => this.ready
  getAppPath = () => '/app'
  getPreferredSystemLanguages = () => this.languages
  setAsDefaultProtocolClient = (scheme: string) => {
    this.protocols.push(scheme)
    return true
  }
  setLoginItemSettings = (settings: { openAtLogin: boolean; args?: string[] }) => {
    this.loginItem = settings
  }
  getLoginItemSettings = () => ({
    openAtLogin: this.loginItem.openAtLogin,
    wasOpenedAtLogin: this.wasOpenedAtLogin,
  })
  whenReady = async () => {
    await Promise.resolve()
    this.ready = true
  }
  exit = (code = 0) => {
    this.exitCode ??= code
  }
  quit = () => {
    this.emit('before-quit', preventable())
    this.quitting = true
    for (const window of [...standin.windows]) window.close()
    // A window that does not close holds the app.
    this.quitting = standin.windows.length === 0
    if (!this.quitting) return
    const event = preventable()
    this.emit('will-quit', event)
    if (!event.defaultPrevented) this.exit(0)
  }
}

class WebContents extends EventEmitter {
  static #lastId = 0
  readonly id = (WebContents.#lastId += 1)
  zoomFactor = 1
  /** The page's ears, by channel. */
  readonly pageListeners = new EventEmitter()
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })

  getZoomFactor = () => this.zoomFactor
  setZoomFactor = (factor: number) => {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0")
    this.zoomFactor = factor
  }
  send = (channel: string, ...args: unknown[]) => {
    const sent = args.map((value) => structuredClone(value))
    queueMicrotask(() => this.pageListeners.emit(channel, {}, ...sent))
  }
  reload = () => void standin.done.push('reload')
  setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }) => {
    this.#openHandler = handler
  }
  /** The page calls `window.open`; whether a window would appear. */
  opensWindow = (url: string) => this.#openHandler({ url }).action === 'allow'
  /** Something like a navigation to `url` begins; whether it would go on. */
  goesOn = (event: string, url: string) => {
    const details = preventable({ url })
    this.emit(event, details)
    return !details.defaultPrevented
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly done: string[] = []
  page: Page | null = null
  bounds = { x: 10, y: 20, width: 1000, height: 700 }
  maximised = false
  minimised = false
  focused = false
  visible = false

  static getFocusedWindow = () => standin.windows.find(({ focused }) => focused) ?? null

  constructor(readonly options: Record<string, unknown>) {
    super()
    standin.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  /** Fetches the page by its scheme's handler, then runs preload in it. */
  async loadURL(url: string): Promise<void> {
    const handler = standin.schemes[new URL(url).protocol.slice(0, -1)]
    const response = await handler?.(new Request(url))
    if (!response?.ok) throw new Error(`ERR_FAILED loading ${url}`)
    this.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false, url })
    this.webContents.pageListeners.removeAllListeners()
    this.page = new Page(url)
    standin.runPreload(this, this.page)
    this.webContents.emit('did-finish-load')
    this.emit('ready-to-show')
  }

  getNormalBounds = () => this.bounds
  isMaximized = () => this.maximised
  isMinimized = () => this.minimised
  maximize = () => void this.done.push('maximize')
  restore = () => void this.done.push('restore')
  isVisible = () => this.visible
  show = () => {
    this.visible = true
    this.done.push('show')
  }
  hide = () => {
    this.visible = false
    this.done.push('hide')
  }
  focus = () => void this.done.push('focus')
  close = () => {
    const event = preventable()
    this.emit('close', event)
    if (event.defaultPrevented) return
    standin.windows.splice(standin.windows.indexOf(this), 1)
    this.page?.destroy()
    this.emit('closed')
    if (standin.windows.length === 0 && !app.quitting) app.emit('window-all-closed')
  }
}

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>()
  handle = (channel: string, handler: Handler) => {
    if (this.handlers.has(channel)) throw new Error(`A second handler for '${channel}'`)
    this.handlers.set(channel, handler)
  }
}

/** Preload's end of the channels, for one sender. */
export function createIpcRenderer(sender: WebContents, senderFrame: Frame | null) {
  return {
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const handler = ipcMain.handlers.get(channel)
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      const inputs = args.map((input) => structuredClone(input))
      try {
        return structuredClone(await handler({ sender, senderFrame }, ...inputs))
      } catch (error) {
        // Only the words of an error come through.
        throw new Error(`Error invoking remote method '${channel}': ${String(error)}`)
      }
    },
    on: (channel: string, listener: Handler) => sender.pageListeners.on(channel, listener),
    off: (channel: string, listener: Handler) => sender.pageListeners.off(channel, listener),
    postMessage(channel: string, message: unknown, ports: MessagePort[] = []): void {
      const { data, ports: received } = transfer(message, ports)
      const event = { sender, senderFrame, ports: received.map((p) => new MessagePortMain(p)) }
      queueMicrotask(() => ipcMain.emit(channel, event, data))
    },
  }
}

class Session {
  request: Listener | null = null
  check: Listener | null = null
  device: Listener | null = null
  setPermissionRequestHandler = (handler: Listener) => void (this.request = handler)
  setPermissionCheckHandler = (handler: Listener) => void (this.check = handler)
  setDevicePermissionHandler = (handler: Listener) => void (this.device = handler)
}

export const app = new App()
export const ipcMain = new IpcMain()
export const session = { defaultSession: new Session() }
class NativeTheme extends EventEmitter {
  shouldUseDarkColors = false
  themeSource = 'system'
}
export const nativeTheme = new NativeTheme()
export const protocol = {
  registerSchemesAsPrivileged(schemes: unknown[]) {
    if (app.ready) throw new Error('protocol.registerSchemesAsPrivileged is for before ready')
    standin.privileged.push(...schemes)
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>) {
    if (!app.ready) throw new Error('protocol.handle is for after ready')
    standin.schemes[scheme] = handler
  },
}
export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
}
export const shell = {
  openExternal: (url: string) => Promise.resolve(void standin.opened.push(url)),
  /** Resolves with what went wrong, in words; empty where nothing did. */
  openPath: (path: string) => {
    standin.opened.push(path)
    return Promise.resolve('')
  },
  showItemInFolder: (path: string) => void standin.opened.push(`folder of ${path}`),
}
export const dialog = {
  showOpenDialog: (_window: BrowserWindow, options: object) => {
    standin.dialogs.push(options)
    return Promise.resolve(standin.dialogAnswer)
  },
  showSaveDialog: (_window: BrowserWindow, options: object) => {
    standin.dialogs.push(options)
    const { canceled, filePaths } = standin.dialogAnswer
    return Promise.resolve({ canceled, filePath: filePaths[0] ?? '' })
  },
  showMessageBox: (...given: object[]) => {
    standin.dialogs.push(given.at(-1) ?? {})
    return Promise.resolve({ response: standin.boxAnswer })
  },
  showErrorBox: (title: string, content: string) => void standin.errors.push([title, content]),
}
export const Menu = {
  buildFromTemplate: (template: MenuEntry[]) => template,
  setApplicationMenu: (menu: MenuEntry[]) => void (standin.menu = menu),
}
/** An image with its representations, by scale factor. */
class NativeImage {
  readonly pixels = new Map<number, Buffer>()
  template = false
  addRepresentation = ({ buffer, ...size }: Bitmap & { buffer: Buffer }) => {
    if (buffer.length !== size.width * size.height * 4) throw new Error('invalid buffer size')
    this.pixels.set(size.scaleFactor, buffer)
  }
  setTemplateImage = (template: boolean) => {
    this.template = template
  }
}
interface Bitmap {
  width: number
  height: number
  scaleFactor: number
}
export const nativeImage = {
  createFromBitmap: (buffer: Buffer, size: Bitmap) => {
    const image = new NativeImage()
    image.addRepresentation({ ...size, buffer })
    return image
  },
}
/** A menu as it was described: `Menu.buildFromTemplate` gives it back. */
export interface MenuEntry {
  label?: string
  role?: string
  type?: string
  accelerator?: string
  registerAccelerator?: boolean
  enabled?: boolean
  checked?: boolean
  visible?: boolean
  submenu?: MenuEntry[]
  click?: () => void
}
export class Tray extends EventEmitter {
  toolTip = ''
  menu: MenuEntry[] = []
  /** How often the menu was set: an open one closes by it. */
  menusSet = 0
  destroyed = false
  constructor(public image: NativeImage) {
    super()
    if (!app.ready) throw new Error('Cannot create Tray before app is ready')
    standin.trays.push(this)
  }
  setImage = (image: NativeImage) => void (this.image = image)
  setToolTip = (text: string) => void (this.toolTip = text)
  setContextMenu = (menu: MenuEntry[]) => {
    this.menu = menu
    this.menusSet += 1
  }
  destroy = () => void (this.destroyed = true)
}
/** What the desktop shows; a test clicks on it with `emit('click')`. */
export class Notification extends EventEmitter {
  static isSupported = () => standin.notificationsSupported
  constructor(readonly options: { title: string; body: string }) {
    super()
  }
  show = () => void standin.notifications.push(this)
}
/** A key store that "encrypts" by turning the bits over. */
export const safeStorage = {
  getSelectedStorageBackend: () => standin.keyStore,
  isAsyncEncryptionAvailable: () => Promise.resolve(standin.keyStore !== 'none'),
  encryptStringAsync: (text: string) => Promise.resolve(inverted(Buffer.from(text))),
  decryptStringAsync: (bytes: Buffer) =>
    standin.keyLost
      ? Promise.reject(new Error('Error while decrypting the ciphertext.'))
      : Promise.resolve({ result: inverted(bytes).toString(), shouldReEncrypt: false }),
}

function inverted(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ 0xff))
}

/** What happened, and what is to happen. */
export const standin = {
  windows: [] as BrowserWindow[],
  privileged: [] as unknown[],
  schemes: {} as Record<string, (request: Request) => Response | Promise<Response>>,
  opened: [] as string[],
  dialogs: [] as object[],
  dialogAnswer: { canceled: true, filePaths: [] as string[] },
  errors: [] as [string, string][],
  notifications: [] as Notification[],
  notificationsSupported: true,
  menu: null as MenuEntry[] | null,
  trays: [] as Tray[],
  /** The button that the next message box is answered with. */
  boxAnswer: 0,
  done: [] as string[],
  keyStore: 'gnome_libsecret',
  keyLost: false,
  /** Runs preload in a new page; set by the test. */
  runPreload: (() => undefined) as (window: BrowserWindow, page: Page) => void,

  /** Whether the page is granted what it asks for; granted by default, as in Electron. */
  grants(permission: string, requestingUrl: string): boolean {
    const { request, check, device } = session.defaultSession
    let granted = request === null
    const decide = (answer: boolean) => {
      granted = answer
    }
    ;(request as Handler | null)?.(null, permission, decide, { requestingUrl })
    const checked = (check as Handler | null)?.(null, permission, requestingUrl, {}) ?? true
    if (granted !== checked) throw new Error('the request and the check differ')
    if ((device as Handler | null)?.({}) !== false) throw new Error('devices are granted')
    return granted
  },

  /** Everything as in a new process. */
  reset(): void {
    app.removeAllListeners()
    ipcMain.removeAllListeners()
    ipcMain.handlers.clear()
    for (const window of standin.windows) window.page?.destroy()
    Object.assign(app, { ready: false, quitting: false, hasLock: true, exitCode: null, paths: {} })
    Object.assign(app, { sandboxEnabled: false, isPackaged: true, languages: ['en-GB'] })
    Object.assign(app, { protocols: [], loginItem: { openAtLogin: false } })
    Object.assign(app, { wasOpenedAtLogin: false })
    nativeTheme.removeAllListeners()
    nativeTheme.themeSource = 'system'
    Object.assign(session.defaultSession, { request: null, check: null, device: null })
    Object.assign(standin, {
      windows: [],
      privileged: [],
      schemes: {},
      opened: [],
      dialogs: [],
      dialogAnswer: { canceled: true, filePaths: [] },
      errors: [],
      notifications: [],
      notificationsSupported: true,
      menu: null,
      trays: [],
      boxAnswer: 0,
      done: [],
      keyStore: 'gnome_libsecret',
      keyLost: false,
    })
  },
}
