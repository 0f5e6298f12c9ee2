import type { FilesTarget } from './files'
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
  /** Where a file that was dropped or chosen is; empty for one that is on no disk. */
  pathOf(file: File): string
  /** Shows the folder of the app's own log. */
  openLogFolder(): Promise<void>
  /** Shows a path of this machine in the system's file manager. Resolves with what speaks against it. */
  showInFolder(path: string): Promise<string | null>
  /** Opens a shell of a container in the system's terminal. Resolves with what speaks against it. */
  openTerminal(container: { engineId: string; containerId: string }): Promise<string | null>
  /**
   * Opens a copy of a container's or a volume's text in the system's editor, once the person has agreed.
   * Resolves with what speaks against it.
   */
  openCopy(file: { target: FilesTarget; path: string }): Promise<string | null>
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
  openLogFolder: 'longshore:open-log-folder',
  showInFolder: 'longshore:show-in-folder',
  openTerminal: 'longshore:open-terminal',
  openCopy: 'longshore:open-copy',
  /** From main to the page: a `ShellMessage`. */
  command: 'longshore:command',
  /** The page listens to `command` now. */
  listen: 'longshore:listen',
} as const
