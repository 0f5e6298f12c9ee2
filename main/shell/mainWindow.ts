import { app, type BrowserWindow } from 'electron'
import { log } from '../log'
import type { PageMessages } from './pageMessages'
import { loadPage, openWindow, revealWindow } from './window'
import { readWindowPlace, writeWindowPlace } from './window-place'
import { Zoom, type ZoomStep } from './zoom'

interface MainWindowOptions {
  preloadFile: string
  /** Keeps where the window was. */
  placeFile: string
  messages: PageMessages
  onFailed: (error: unknown) => void
  /** The window has gone into the tray instead of closing. */
  onHidden: () => void
}

/** The one window: it is opened when it is wanted first, and again after it was closed. */
export class MainWindow {
  /** Closing it only hides it, until the app is quit. */
  hidesOnClose = false
  readonly #options: MainWindowOptions
  #window: BrowserWindow | null = null
  #zoom: Zoom | null = null
  #placeKept = Promise.resolve()
  #quitting = false

  constructor(options: MainWindowOptions) {
    this.#options = options
    app.on('before-quit', () => (this.#quitting = true))
  }

  /** Null while it is closed; a hidden one is still open. */
  get current(): BrowserWindow | null {
    return this.#window
  }

  async open(): Promise<void> {
    const { preloadFile, placeFile, messages, onHidden } = this.#options
    const place = await readWindowPlace(placeFile)
    if (this.#window) return
    const window = openWindow({
      preloadFile,
      lastPlace: place,
      staysOnClose: () => {
        if (!this.hidesOnClose || this.#quitting) return false
        onHidden()
        return true
      },
      onClose: (left) => {
        this.#window = null
        this.#zoom = null
        const zoomFactor = zoom.factor
        this.#placeKept = writeWindowPlace(placeFile, { ...left, zoomFactor }).catch(
          (error: unknown) => log.warn({ error }, "the window's place could not be kept"),
        )
      },
    })
    this.#window = window
    // Nothing can hold back the end of a session.
    window.on('session-end', () => (this.#quitting = true))
    const zoom = new Zoom(window.webContents, place?.zoomFactor)
    this.#zoom = zoom
    messages.attach(window)
    await loadPage(window)
  }

  /** Brings the window before the person, whether it is open, hidden or closed. */
  showUp(): void {
    if (this.#window) revealWindow(this.#window)
    else void this.#placeKept.then(() => this.open()).catch(this.#options.onFailed)
  }

  zoom(step: ZoomStep): void {
    this.#zoom?.step(step)
  }

  /** Resolves when all is kept that has to be. */
  settled(): Promise<void> {
    return this.#placeKept
  }
}
