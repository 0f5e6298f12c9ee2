import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Rolldown } from 'vite'
import { channels } from '../../../preload/contract/bridge'
import { createIpcRenderer, standin } from '../../standin/electron'
import { bridgeOf, buildPreload, seen, startShell, type RunningShell } from './harness'

vi.mock('electron', () => import('../../standin/electron'))

let preload: Rolldown.OutputChunk
beforeAll(async () => {
  preload = await buildPreload()
})

let shell: RunningShell
beforeEach(async () => {
  standin.reset()
  shell = await startShell(preload.code)
})
afterEach(() => shell.remove())

describe('preload', () => {
  test('is one CommonJS file that needs Electron and nothing else', () => {
    expect(preload.imports).toEqual(['electron'])
    expect(preload.dynamicImports).toEqual([])
    expect(preload.code).not.toMatch(/^import |^export /m)
    expect(Object.keys(preload.modules).filter((file) => file.includes('node_modules'))).toEqual([])
  })

  test('gives the page the bridge, frozen, and nothing else', () => {
    expect(Object.keys(shell.page.window)).toEqual(['longshore'])
    const bridge = bridgeOf(shell.page)
    expect(Object.keys(bridge).sort()).toEqual([
      'chooseFile',
      'chooseFolder',
      'chooseSaveFile',
      'connect',
      'onCommand',
      'openCopy',
      'openInBrowser',
      'openLogFolder',
      'openTerminal',
      'pathOf',
      'platform',
      'showInFolder',
    ])
    expect(Object.isFrozen(bridge)).toBe(true)
    expect(bridge.platform).toBe('linux')
  })
})

describe('the page and the services', () => {
  test('talk over the port that preload hands out', async () => {
    const client = await shell.connect()
    await expect(client.greet()).resolves.toBe('hello from main')
  })

  test('talk over each of several ports', async () => {
    const clients = await Promise.all([shell.connect(), shell.connect()])
    const answers = await Promise.all(clients.map((client) => client.greet()))
    expect(answers).toEqual(['hello from main', 'hello from main'])
  })

  test('share streams, and leaving the loop ends the handler', async () => {
    const client = await shell.connect()
    const ticks: number[] = []
    for await (const tick of await client.count()) {
      ticks.push(tick)
      if (ticks.length === 3) break
    }
    expect(ticks).toEqual([0, 1, 2])
    await vi.waitFor(() => expect(seen).toEqual({ started: 1, finished: 1 }))
  })

  test('share streams, and aborting the call ends the handler', async () => {
    const client = await shell.connect()
    const abort = new AbortController()
    const stream = await client.count(undefined, { signal: abort.signal })
    await stream.next()
    abort.abort()
    await vi.waitFor(() => expect(seen).toEqual({ started: 1, finished: 1 }))
  })

  test('share streams, and closing the window ends them', async () => {
    const client = await shell.connect()
    for (let count = 0; count < 2; count += 1) await (await client.count()).next()
    expect(seen).toEqual({ started: 2, finished: 0 })
    shell.window.close()
    await vi.waitFor(() => expect(seen).toEqual({ started: 2, finished: 2 }))
  })

  test('calls made before the services are up are answered when they are', async () => {
    await shell.remove()
    standin.reset()
    let available: (answer: boolean) => void = () => undefined
    const { safeStorage } = await import('../../standin/electron')
    const slow = vi.spyOn(safeStorage, 'isAsyncEncryptionAvailable')
    slow.mockReturnValue(new Promise((resolve) => (available = resolve)))
    const starting = startShell(preload.code)
    await vi.waitFor(() => expect(standin.windows[0]?.page).toBeTruthy())
    const page = standin.windows[0]?.page
    if (!page) return
    let port: MessagePort | undefined
    page.window.addEventListener('message', (event) => {
      port = (event as MessageEvent).ports[0]
    })
    bridgeOf(page).connect()
    await vi.waitFor(() => expect(port).toBeTruthy())
    available(true)
    shell = await starting
    const client = await shell.connect()
    await expect(client.greet()).resolves.toBe('hello from main')
    slow.mockRestore()
  })
})

describe('the bridge', () => {
  test("asks for a file with the system's dialog", async () => {
    const bridge = bridgeOf(shell.page)
    await expect(bridge.chooseFile({ title: 'A Dockerfile' })).resolves.toBeNull()
    standin.dialogAnswer = { canceled: false, filePaths: ['/home/me/image.tar'] }
    const options = { title: 'An image', extensions: ['tar', 'tar.gz'] }
    await expect(bridge.chooseFile(options)).resolves.toBe('/home/me/image.tar')
    expect(standin.dialogs[1]).toEqual({
      title: 'An image',
      filters: [{ name: 'An image', extensions: ['tar', 'tar.gz'] }],
      properties: ['openFile'],
    })
  })

  test("asks for a folder with the system's dialog", async () => {
    standin.dialogAnswer = { canceled: false, filePaths: ['/home/me'] }
    const answer = bridgeOf(shell.page).chooseFolder({ title: 'A build context' })
    await expect(answer).resolves.toBe('/home/me')
    expect(standin.dialogs[0]).toMatchObject({ properties: ['openDirectory', 'createDirectory'] })
  })

  test('asks where to save a file with the system’s dialog, which asks before it replaces one', async () => {
    const bridge = bridgeOf(shell.page)
    const options = { title: 'Save an image', name: 'ship.tar' }
    await expect(bridge.chooseSaveFile(options)).resolves.toBeNull()
    standin.dialogAnswer = { canceled: false, filePaths: ['/home/me/ship.tar'] }
    await expect(bridge.chooseSaveFile(options)).resolves.toBe('/home/me/ship.tar')
    expect(standin.dialogs[1]).toEqual({
      title: 'Save an image',
      defaultPath: 'ship.tar',
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    standin.dialogs.length = 0
    const ipc = createIpcRenderer(shell.window.webContents, shell.page.frame)
    for (const input of [undefined, { title: 'x' }, { title: 'x', name: '../../etc/x' }]) {
      await expect(ipc.invoke(channels.chooseSaveFile, input)).rejects.toThrow(
        channels.chooseSaveFile,
      )
    }
    expect(standin.dialogs).toEqual([])
  })

  test('refuses input that does not fit', async () => {
    const ipc = createIpcRenderer(shell.window.webContents, shell.page.frame)
    for (const input of [undefined, 'x', { title: 1 }, { title: 'x', extensions: ['*/'] }]) {
      await expect(ipc.invoke(channels.chooseFile, input)).rejects.toThrow(channels.chooseFile)
    }
    expect(standin.dialogs).toEqual([])
  })

  test('opens http and https addresses in the browser', async () => {
    const bridge = bridgeOf(shell.page)
    await bridge.openInBrowser('http://localhost:8080/x')
    await bridge.openInBrowser('https://example.org')
    expect(standin.opened).toEqual(['http://localhost:8080/x', 'https://example.org/'])
  })

  test('opens nothing else', async () => {
    const bridge = bridgeOf(shell.page)
    const hostile = [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://host/share',
      'ms-msdt:/id',
      'app://longshore/',
      '/etc/passwd',
      '--help',
      '',
    ]
    for (const url of hostile) {
      await expect(bridge.openInBrowser(url), url).rejects.toThrow('Only http and https')
    }
    const ipc = createIpcRenderer(shell.window.webContents, shell.page.frame)
    for (const input of [null, 5, {}, { href: 'https://example.org' }]) {
      await expect(ipc.invoke(channels.openInBrowser, input)).rejects.toThrow('Only http and https')
    }
    expect(standin.opened).toEqual([])
  })
})

describe('a sender that is not our page', () => {
  const { MessageChannel } = globalThis

  test.each([
    ['a frame in our page', { url: 'app://longshore/', parent: { url: 'app://longshore/' } }],
    ['another page in our window', { url: 'https://evil.example/', parent: null }],
    ['another host of our scheme', { url: 'app://evil/', parent: null }],
    ['a name that begins like ours', { url: 'app://longshore.evil/', parent: null }],
    ['an empty page', { url: 'about:blank', parent: null }],
    ['a frame that is gone', null],
  ])('is refused: %s', async (_name, frame) => {
    const ipc = createIpcRenderer(shell.window.webContents, frame as never)
    await refused(ipc)
  })

  test('is refused: another window', async () => {
    const { BrowserWindow } = await import('../../standin/electron')
    const other = new BrowserWindow({})
    await refused(createIpcRenderer(other.webContents, { url: 'app://longshore/', parent: null }))
  })

  test('is refused: our window after it closed', async () => {
    const ipc = createIpcRenderer(shell.window.webContents, shell.page.frame)
    shell.window.close()
    await refused(ipc)
  })

  test('is refused: our page with more than one port, or none', async () => {
    const ipc = createIpcRenderer(shell.window.webContents, shell.page.frame)
    const [one, other] = [new MessageChannel(), new MessageChannel()]
    const closed = vi.fn()
    for (const { port2 } of [one, other]) port2.addEventListener('close', closed)
    ipc.postMessage(channels.connect, null, [one.port1, other.port1] as never)
    ipc.postMessage(channels.connect, null)
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(2))
  })

  async function refused(ipc: ReturnType<typeof createIpcRenderer>) {
    const { connect, command, ...asked } = channels
    expect([connect, command]).not.toContain(undefined)
    for (const channel of Object.values(asked)) {
      await expect(ipc.invoke(channel, { title: 'x' })).rejects.toThrow('Refused')
    }
    await expect(ipc.invoke(channels.openInBrowser, 'https://x.example')).rejects.toThrow('Refused')
    expect(standin.opened).toEqual([])
    const { port1, port2 } = new MessageChannel()
    const closed = new Promise((resolve) => port2.addEventListener('close', resolve))
    ipc.postMessage(channels.connect, null, [port1] as never)
    await closed
  }
})
