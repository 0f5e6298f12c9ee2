import { app, nativeTheme } from 'electron'
import type { Api } from '../../preload/contract'
import type { Settings } from '../../preload/contract/settings'
import { toProblem } from '../errors'
import { log } from '../log'
import type { Notify } from '../platform'
import { openExternal } from './confine'
import { setMenu } from './menu'
import type { MenuActions } from './menuTemplate'
import type { MainWindow } from './mainWindow'
import type { PageMessages } from './pageMessages'
import { setStartAtLogin } from './startAtLogin'
import { followContainers, type EngineContainers } from './tray/following'
import { trayModel, type TrayAction } from './tray/model'
import { createTray, type TrayHandle } from './tray/tray'
import { shellWords, type ShellWords } from './words'

interface DesktopOptions {
  window: MainWindow
  messages: PageMessages
  notify: Notify | null
  menuActions: Omit<MenuActions, 'command' | 'zoom'>
}

/**
 * What surrounds the window: menu and tray in the person's language, kept as the settings and the
 * engines are. To be made when Electron is ready.
 */
export class Desktop {
  readonly #options: DesktopOptions
  readonly #ending = new AbortController()
  #settings: Settings | null = null
  #engines: EngineContainers[] = []
  #tray: TrayHandle | null = null
  #toldOfTray = false
  #api: Api | null = null

  constructor(options: DesktopOptions) {
    this.#options = options
    this.#setMenu()
    this.#tray = createTray(trayModel([], this.words), (action) => this.#act(action))
  }

  get words(): ShellWords {
    return shellWords(this.#settings?.language ?? 'system', app.getPreferredSystemLanguages())
  }

  /** Follows the settings and the containers, from when the services are up until `close`. */
  follow(api: Api): void {
    this.#api = api
    const { signal } = this.#ending
    const failed = (error: unknown) => {
      if (!signal.aborted) log.error({ error }, 'the tray and the menu are not kept up')
    }
    followContainers(
      api,
      (engines) => {
        this.#engines = engines
        this.#updateTray()
      },
      signal,
    ).catch(failed)
    this.#followSettings(api, signal).catch(failed)
  }

  /** Says once in a run where Longshore has gone when its window closed into the tray. */
  tellOfTray(): void {
    if (this.#toldOfTray) return
    this.#toldOfTray = true
    const onClick = () => this.#options.window.showUp()
    this.#options.notify?.({ ...this.words.tray.staysOn, onClick })
  }

  close(): void {
    this.#ending.abort()
    this.#tray?.destroy()
    this.#tray = null
  }

  async #followSettings(api: Api, signal: AbortSignal): Promise<void> {
    for await (const settings of await api.settings.watch(undefined, { signal })) {
      const before = this.#settings
      this.#settings = settings
      nativeTheme.themeSource = settings.theme
      this.#options.window.hidesOnClose = settings.closeToTray
      if (before?.language !== settings.language || before.theme !== settings.theme) {
        this.#setMenu()
        this.#updateTray()
      }
      if (before !== null && before.startAtLogin !== settings.startAtLogin) {
        await setStartAtLogin(settings.startAtLogin).catch((error: unknown) =>
          log.error({ error }, 'the start at login could not be changed'),
        )
      }
    }
  }

  #setMenu(): void {
    const { messages, window, menuActions } = this.#options
    setMenu(this.words, this.#settings?.theme ?? 'system', {
      ...menuActions,
      zoom: (step) => window.zoom(step),
      command: (id) => {
        messages.send({ kind: 'command', id })
        window.showUp()
      },
    })
  }

  #updateTray(): void {
    this.#tray?.update(trayModel(this.#engines, this.words))
  }

  #act(action: TrayAction): void {
    const { window, messages } = this.#options
    switch (action.kind) {
      case 'start':
      case 'stop':
      case 'restart':
        void this.#change(action)
        break
      case 'browse':
        openExternal(action.url).catch((error: unknown) =>
          log.warn({ error }, 'a port could not be opened'),
        )
        break
      case 'tell':
        messages.send(action.message)
        window.showUp()
        break
      case 'show':
        window.showUp()
        break
      case 'quit':
        app.quit()
    }
  }

  /** Does it through the contract; a failure is told on the desktop, for no page need be open. */
  async #change(action: Extract<TrayAction, { id: string }>): Promise<void> {
    const { kind, engineId, id, name } = action
    const { signal } = this.#ending
    try {
      const done = await this.#api?.containers[kind]({ engineId, ids: [id] }, { signal })
      const problem = done?.outcomes[0]?.problem
      if (problem) this.#tellFailure(this.words.tray.failed[kind](name), problem.message)
    } catch (error) {
      if (signal.aborted) return
      this.#tellFailure(this.words.tray.failed[kind](name), toProblem(error).message)
    }
  }

  #tellFailure(title: string, body: string): void {
    log.warn({ title }, 'an action of the tray failed')
    this.#options.notify?.({ title, body, onClick: () => undefined })
  }
}
