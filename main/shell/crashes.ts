import {
  app,
  dialog,
  type BrowserWindow,
  type Event,
  type RenderProcessGoneDetails,
} from 'electron'
import type { Details, WebContents } from 'electron'
import { log } from '../log'
import type { ShellWords } from './words'

interface Crashes {
  ourWindow: () => BrowserWindow | null
  words: () => ShellWords['failure']['pageGone']
  /** An error of main that nobody caught: its state cannot be trusted any more. */
  onFatal: (error: unknown) => void
}

/**
 * Writes to the log what ends unexpectedly: errors that nobody caught, Chromium's processes. Where the
 * window's own process is gone, the person is asked whether to load it again. Returns the undo.
 */
export function watchCrashes({ ourWindow, words, onFatal }: Crashes): () => void {
  const uncaught = (error: unknown) => onFatal(error)
  const unhandled = (error: unknown) => log.error({ error }, 'a failure that nobody looked at')

  const childGone = (_event: Event, { type, reason, exitCode, name }: Details) => {
    if (reason === 'clean-exit') return
    log.error({ type, reason, exitCode, service: name }, "a process of Chromium's is gone")
  }
  const pageGone = (_event: Event, contents: WebContents, details: RenderProcessGoneDetails) => {
    const { reason, exitCode } = details
    if (reason === 'clean-exit') return
    log.error({ reason, exitCode }, "the page's process is gone")
    const window = ourWindow()
    if (window?.webContents.id === contents.id) void ask(window)
  }
  async function ask(window: BrowserWindow): Promise<void> {
    const { message, detail, reload, quit } = words()
    const { response } = await dialog.showMessageBox(window, {
      ...{ type: 'error' as const, message, detail },
      ...{ buttons: [reload, quit], defaultId: 0, cancelId: 1, noLink: true },
    })
    if (response === 0) window.webContents.reload()
    else app.quit()
  }

  process.on('uncaughtException', uncaught)
  process.on('unhandledRejection', unhandled)
  app.on('child-process-gone', childGone)
  app.on('render-process-gone', pageGone)
  return () => {
    process.off('uncaughtException', uncaught)
    process.off('unhandledRejection', unhandled)
    app.off('child-process-gone', childGone)
    app.off('render-process-gone', pageGone)
  }
}
