import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { os, type RouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { build, type Rolldown } from 'vite'
import { vi } from 'vitest'
import { runShell, type Services } from '../../../main/shell/shell'
import type { Platform } from '../../../main/platform'
import { portMessage, type Bridge } from '../../../preload/contract/bridge'
import { createIpcRenderer, standin, type BrowserWindow } from '../../standin/electron'
import type { Page, WindowMessage } from '../../standin/page'
import { writeRenderer } from '../serve/harness'
import { Stage } from './stage'

/** Builds preload as electron-vite does: one CommonJS file, everything but Electron inside. */
export async function buildPreload(): Promise<Rolldown.OutputChunk> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: resolve('preload/index.ts'), formats: ['cjs'] },
      rolldownOptions: { external: ['electron'] },
    },
  })
  const output = Array.isArray(built) ? built[0] : built
  if (!output || !('output' in output)) throw new Error('nothing was built')
  const [chunk, ...others] = output.output
  if (others.length > 0) throw new Error('preload is more than one file')
  return chunk
}

/**
 * Runs built preload in a page, with what a sandboxed preload has: Electron and the web's globals.
 */
export function runPreload(code: string, window: BrowserWindow, page: Page): void {
  const electron = {
    // Electron knows where a file of the system is, and that one made by the page is nowhere.
    webUtils: { getPathForFile: (file: { path?: string }) => file.path ?? '' },
    ipcRenderer: createIpcRenderer(window.webContents, page.frame),
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => {
        page.expose(key, api)
      },
    },
  }
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`)
    return electron
  }
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- that is how preload is run
  const run = new Function('require', 'exports', 'module', 'window', 'process', code) as (
    ...globals: unknown[]
  ) => void
  run(require, {}, {}, page.window, { platform: 'linux' })
}

/** What the handlers of a test's router saw. */
export const seen = { started: 0, finished: 0 }

/** A call, and a stream that goes on until it is stopped. */
export const router = {
  greet: os.handler(() => 'hello from main'),
  count: os.handler(async function* ({ signal }) {
    seen.started += 1
    try {
      for (let tick = 0; !signal?.aborted; tick += 1) {
        yield tick
        await new Promise((next) => setTimeout(next, 1))
      }
    } finally {
      seen.finished += 1
    }
  }),
}

export interface HiddenShell {
  dataFolder: string
  platform: Platform
  stage: Stage
  closeServices: ReturnType<typeof vi.fn<() => Promise<void>>>
  remove(): Promise<void>
}

export interface RunningShell extends HiddenShell {
  window: BrowserWindow
  page: Page
  /** A client of the page, over a port of its own. */
  connect(): Promise<RouterClient<typeof router>>
}

export interface ShellChanges {
  startServices?: (services: Services) => Services
  dataFolder?: string
  /** The command line. */
  args?: string[]
}

/** Starts the shell over the stand-in, as main/index.ts does, with a small router behind it. */
export async function startShell(
  preload: string,
  changes: ShellChanges = {},
): Promise<RunningShell> {
  const shell = await startHidden(preload, changes)
  const [window] = standin.windows
  if (!window?.page) throw new Error('the shell did not open its window')
  const page = window.page
  return { ...shell, window, page, connect: () => connectPage(page) }
}

/** The same, where no window need be there afterwards. */
export async function startHidden(
  preload: string,
  changes: ShellChanges = {},
): Promise<HiddenShell> {
  const dataFolder = changes.dataFolder ?? (await mkdtemp(join(tmpdir(), 'longshore-data-')))
  const rendererFolder = await writeRenderer()
  const closeServices = vi.fn<() => Promise<void>>(() => Promise.resolve())
  const handler = new RPCHandler(router)
  Object.assign(seen, { started: 0, finished: 0 })
  const platforms: Platform[] = []
  const stage = new Stage(dataFolder)

  standin.runPreload = (window, page) => {
    runPreload(preload, window, page)
  }
  await runShell({
    version: '1.2.3',
    dataFolder,
    rendererFolder,
    preloadFile: '/app/preload/index.cjs',
    args: changes.args ?? [],
    startServices(given) {
      platforms.push(given)
      const services = {
        acceptPort: (port: Parameters<typeof handler.upgrade>[0]) => {
          handler.upgrade(port)
        },
        api: stage.api,
        close: closeServices,
      }
      return changes.startServices?.(services) ?? services
    },
  })
  const [platform] = platforms
  if (!platform) throw new Error('the shell did not start its services')
  return {
    dataFolder,
    platform,
    stage,
    closeServices,
    async remove() {
      await rm(dataFolder, { recursive: true, force: true })
      await rm(rendererFolder, { recursive: true, force: true })
    },
  }
}

/** What preload put into the page. */
export function bridgeOf(page: Page): Bridge {
  return page.window['longshore'] as Bridge
}

/** Connects a client as renderer/link.ts does. */
async function connectPage(page: Page): Promise<RouterClient<typeof router>> {
  const arrived = new Promise<WindowMessage>((resolve) => {
    page.window.addEventListener('message', (event) => resolve(event as WindowMessage), {
      once: true,
    })
  })
  bridgeOf(page).connect()
  const { data, source, ports } = await arrived
  const [port] = ports
  if (data !== portMessage || source !== page.window || !port) throw new Error('not the port')
  return createORPCClient(new RPCLink({ port }))
}
