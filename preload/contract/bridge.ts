import type { ShellMessage } from './shellMessage'

/** What preload puts on `window.longshore`. Absent in browser mode. */
export interface Bridge {
  /** `linux`, `darwin` or `win32`. */
  readonly platform: string
  /** Asks main for a port; it arrives as a `message` event whose data is `portMessage`. */
  connect(): void
  /** The system's file dialog; null when it was cancelled. */
  chooseFile(options: { title: string; extensions?: string[] }): Promise<string | null>
  chooseFolder(options: { title: string }): Promise<string | null>
  /** Where to write a file; the system has asked whether one that is there may be replaced. */
  chooseSaveFile(options: { title: string; name: string }): Promise<string | null>
  /** Opens an http or https address in the person's browser; others are refused. */
  openInBrowser(url: string): Promise<void>
  /**
   * Hears what the native menus, the tray and `longshore://` links ask of the page, also what was asked
   * before it listened. Returns the undo.
   */
  onCommand(listener: (message: ShellMessage) => void): () => void
}

/** The data of the window message that carries the port. */
export const portMessage = 'longshore:port'

/** The raw Electron channels, used by preload/index.ts and main/shell only. */
export const channels = {
  connect: 'longshore:connect',
  chooseFile: 'longshore:choose-file',
  chooseFolder: 'longshore:choose-folder',
  chooseSaveFile: 'longshore:choose-save-file',
  openInBrowser: 'longshore:open-in-browser',
  /** From main to the page: a `ShellMessage`. */
  command: 'longshore:command',
  /** The page listens to `command` now. */
  listen: 'longshore:listen',
} as const
