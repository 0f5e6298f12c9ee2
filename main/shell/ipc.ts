import { dialog, ipcMain } from 'electron'
import type {
  BrowserWindow,
  IpcMainEvent,
  IpcMainInvokeEvent,
  MessagePortMain,
  OpenDialogOptions,
} from 'electron'
import { z } from 'zod'
import { channels } from '../../preload/contract/bridge'
import { log } from '../log'
import { openExternal } from './confine'
import type { Opening } from './opening'
import type { PageMessages } from './pageMessages'
import { isTrustedSender } from './rules'

const folderQuestion = z.object({ title: z.string().max(200) })
const fileQuestion = folderQuestion.extend({
  extensions: z
    .array(z.string().regex(/^[a-z0-9.]{1,20}$/i))
    .max(20)
    .optional(),
})

/** A name only: in which folder is the person's choice, or the system's. */
const saveQuestion = folderQuestion.extend({
  name: z
    .string()
    .max(200)
    .regex(/^[^/\\\0]+$/),
})

interface Answering {
  ourWindow: () => BrowserWindow | null
  /** Serves the app on a port of the page. */
  acceptPort: (port: MessagePortMain) => void
  messages: PageMessages
  opening: Opening
}

/**
 * Answers preload's channels, for the page of our window only: everything else that sends on them
 * is refused.
 */
export function answerPage({ ourWindow, acceptPort, messages, opening }: Answering): void {
  const asked = (event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | null => {
    const window = ourWindow()
    const fromOurWindow = window !== null && event.sender.id === window.webContents.id
    return isTrustedSender(event.senderFrame, fromOurWindow) ? window : null
  }
  const answer = (channel: string, work: (window: BrowserWindow, input: unknown) => unknown) =>
    ipcMain.handle(channel, (event, input: unknown) => {
      const window = asked(event)
      if (!window) throw new Error('Refused: this is not the page of Longshore.')
      return work(window, input)
    })

  ipcMain.on(channels.connect, (event) => {
    const [port, ...others] = event.ports
    if (asked(event) && port && others.length === 0) {
      acceptPort(port)
      return
    }
    log.warn('a connection was refused')
    for (const refused of event.ports) refused.close()
  })
  answer(channels.chooseFile, (window, input) => {
    const { title, extensions } = fileQuestion.parse(input)
    const filters = extensions ? [{ name: title, extensions }] : []
    return choose(window, { title, filters, properties: ['openFile'] })
  })
  answer(channels.chooseFolder, (window, input) => {
    const { title } = folderQuestion.parse(input)
    return choose(window, { title, properties: ['openDirectory', 'createDirectory'] })
  })
  answer(channels.chooseSaveFile, async (window, input) => {
    const { title, name } = saveQuestion.parse(input)
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title,
      defaultPath: name,
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    return canceled ? null : filePath
  })
  answer(channels.openInBrowser, (_window, url) => openExternal(url))
  answer(channels.openLogFolder, () => opening.logFolder())
  answer(channels.showInFolder, (_window, path) => opening.folderOf(path))
  answer(channels.openTerminal, (_window, input) => opening.terminal(input))
  answer(channels.openCopy, (window, input) => opening.copy(window, input))
  answer(channels.listen, () => messages.listen())
}

async function choose(window: BrowserWindow, options: OpenDialogOptions): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
  return canceled ? null : (filePaths[0] ?? null)
}
