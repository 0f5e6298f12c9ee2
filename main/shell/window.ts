import { BrowserWindow, nativeTheme, screen } from 'electron'
import { pageUrl } from './rules'
import { leastSize, placeWindow, type WindowPlace } from './window-place'

export interface WindowOptions {
  preloadFile: string
  lastPlace: WindowPlace | null
  /** Asked when it is about to close; true: it is hidden instead. */
  staysOnClose: () => boolean
  /** Called when the window closes, with the place it had. */
  onClose: (place: WindowPlace) => void
}

/** Opens the one window, on our page. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const { preloadFile, lastPlace, staysOnClose, onClose } = options
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const window = new BrowserWindow({
    ...placeWindow(lastPlace, workAreas),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    show: false,
    title: 'Longshore',
    // What stands there until the page has drawn; the page follows the system's theme too.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
    webPreferences: {
      preload: preloadFile,
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
    },
  })
  if (lastPlace?.maximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', (event) => {
    if (staysOnClose()) {
      event.preventDefault()
      window.hide()
      return
    }
    onClose({ ...window.getNormalBounds(), maximised: window.isMaximized() })
  })
  return window
}

/** Loads our page; rejects when it cannot be loaded. */
export async function loadPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(pageUrl)
}

/** Brings the window before the person. */
export function revealWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
