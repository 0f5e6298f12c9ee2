import type { BrowserWindow } from 'electron'
import { channels } from '../../preload/contract/bridge'
import type { ShellMessage } from '../../preload/contract/shellMessage'

/** More than a person chooses while a page loads. */
const mostWaiting = 20

/**
 * What the menus, the tray and links tell the page. Messages wait until the page listens: the window
 * may be opened for them.
 */
export class PageMessages {
  #window: BrowserWindow | null = null
  #listens = false
  #waiting: ShellMessage[] = []

  /** Messages go to this window's page from now on, whenever one listens. */
  attach(window: BrowserWindow): void {
    const deaf = () => {
      if (this.#window === window) this.#listens = false
    }
    this.#window = window
    this.#listens = false
    window.once('closed', () => {
      deaf()
      if (this.#window === window) this.#window = null
    })
    window.webContents.on('render-process-gone', deaf)
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) deaf()
    })
  }

  /** The page has said that it listens. */
  listen(): void {
    this.#listens = true
    for (const message of this.#waiting.splice(0)) this.send(message)
  }

  send(message: ShellMessage): void {
    if (this.#window && this.#listens) this.#window.webContents.send(channels.command, message)
    else this.#waiting = [...this.#waiting, message].slice(-mostWaiting)
  }
}
