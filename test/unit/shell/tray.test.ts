import { isDeepStrictEqual } from 'node:util'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { drawTrayIcon } from '../../../main/shell/tray/icon'
import { trayModel } from '../../../main/shell/tray/model'
import { shellWords } from '../../../main/shell/words'
import type { ShellMessage } from '../../../preload/contract/shellMessage'
import { app, nativeTheme, standin, type MenuEntry, type Tray } from '../../standin/electron'
import { container } from '../renderer/fixtures'
import { bridgeOf, buildPreload, startShell, type RunningShell } from './harness'

vi.mock('electron', () => import('../../standin/electron'))

let preload: string
beforeAll(async () => {
  preload = (await buildPreload()).code
})

let shell: RunningShell
let heard: ShellMessage[]
beforeEach(async () => {
  standin.reset()
  shell = await startShell(preload)
  heard = []
  bridgeOf(shell.page).onCommand((message) => heard.push(message))
  return () => {
    app.quit()
    return shell.remove()
  }
})

const theTray = (): Tray => {
  const [tray] = standin.trays
  if (!tray) throw new Error('there is no tray')
  return tray
}
const labels = (menu: MenuEntry[] = []) => menu.map(({ label, type }) => label ?? type)
const entry = (...path: string[]): MenuEntry => {
  let menu = theTray().menu
  let found: MenuEntry | undefined
  for (const label of path) {
    found = menu.find((each) => each.label === label)
    menu = found?.submenu ?? []
  }
  if (!found) throw new Error(`the tray has no ${path.join(' > ')}: ${labels(menu).join()}`)
  return found
}
const shown = (...expected: (string | undefined)[]) =>
  vi.waitFor(() => expect(labels(theTray().menu)).toEqual(expected))

const port = (hostPort: number) => ({
  ...{ hostIp: '0.0.0.0', hostPort, containerPort: 80, protocol: 'tcp' as const },
})

/** One engine with two containers that run and one that ended. */
async function oneEngine() {
  shell.stage.show({ id: 'e1' })
  shell.stage
    .list('e1')
    .replace([
      container('web', { ports: [port(8080), { ...port(8080), hostIp: '::' }] }),
      container('db'),
      container('migration', { state: 'exited', finishedAt: 5 }),
    ])
  await shown(
    ...['db', 'web', 'separator', 'Start again', 'separator'],
    ...['Show Longshore', 'New container…', 'separator', 'Quit Longshore'],
  )
}

describe('the tray', () => {
  test('says that no engine is connected, and still leads to the window and to the end', () => {
    expect(theTray().toolTip).toBe('Longshore: no engine connected')
    expect(labels(theTray().menu)).toEqual([
      ...['No engine connected', 'separator', 'Show Longshore', 'separator', 'Quit Longshore'],
    ])
    expect(entry('No engine connected').enabled).toBe(false)
  })

  test('lists what runs on the connected engine, and counts it', async () => {
    await oneEngine()
    expect(theTray().toolTip).toBe('Longshore: 2 running')
  })

  test('tells engines apart where several are connected, and forgets one that goes', async () => {
    const { stage } = shell
    stage.show(
      { id: 'e1', name: 'harbour' },
      { id: 'e2', name: 'R&D' },
      { state: 'stale', id: 'e3' },
    )
    stage.list('e1').replace([container('web')])
    stage.list('e2').replace([])
    await vi.waitFor(() =>
      expect(labels(theTray().menu).slice(0, 5)).toEqual([
        ...['harbour', 'web', 'R&&D', 'No container runs', 'separator'],
      ]),
    )
    stage.show({ id: 'e2', name: 'R&D' }, { id: 'e1', state: 'reconnecting' })
    await vi.waitFor(() => expect(theTray().toolTip).toBe('Longshore: nothing runs'))
    expect(stage.watchers('e1')).toBe(0)
    expect(stage.watchers('e3')).toBe(0)
  })

  test('shows fifteen of an engine, and leads to the list for the others', async () => {
    shell.stage.show({ id: 'e1' })
    const many = Array.from({ length: 18 }, (_, at) => container(`c${String(at).padStart(2, '0')}`))
    shell.stage.list('e1').replace(many)
    await vi.waitFor(() => expect(entry('3 more…')).toBeDefined())
    expect(labels(theTray().menu).indexOf('3 more…')).toBe(15)
    entry('3 more…').click?.()
    await vi.waitFor(() => expect(heard).toEqual([{ kind: 'engine', engineId: 'e1' }]))
  })

  test('stops, restarts and starts through the contract', async () => {
    await oneEngine()
    entry('web', 'Stop').click?.()
    entry('db', 'Restart').click?.()
    entry('Start again', 'migration').click?.()
    expect(shell.stage.asked).toEqual([
      ['stop', 'e1', 'web'],
      ['restart', 'e1', 'db'],
      ['start', 'e1', 'migration'],
    ])
  })

  test('tells on the desktop what could not be done', async () => {
    await oneEngine()
    shell.stage.problem = { code: 'conflict', message: 'Its present state does not allow this.' }
    entry('web', 'Stop').click?.()
    await vi.waitFor(() => expect(standin.notifications).toHaveLength(1))
    expect(standin.notifications[0]?.options).toEqual({
      title: 'web could not be stopped',
      body: 'Its present state does not allow this.',
    })
  })

  test('opens a published port in the browser, once for both families of addresses', async () => {
    await oneEngine()
    expect(labels(entry('web').submenu)).toEqual([
      ...['Stop', 'Restart', 'Open port 8080 in the browser', 'separator', 'Logs', 'Terminal'],
    ])
    entry('web', 'Open port 8080 in the browser').click?.()
    await vi.waitFor(() => expect(standin.opened).toEqual(['http://localhost:8080/']))
  })

  test("leads to a container's log and terminal in the window", async () => {
    await oneEngine()
    shell.window.done.length = 0
    entry('web', 'Logs').click?.()
    entry('web', 'Terminal').click?.()
    entry('New container…').click?.()
    const of = { kind: 'container', engineId: 'e1', idOrName: 'web' }
    await vi.waitFor(() =>
      expect(heard).toEqual([
        { ...of, view: 'logs' },
        { ...of, view: 'terminal' },
        { kind: 'command', id: 'containers-create' },
      ]),
    )
    expect(shell.window.done.slice(0, 2)).toEqual(['show', 'focus'])
  })

  test('is not touched by what it does not show: an open menu stays open', async () => {
    await oneEngine()
    const before = theTray().menusSet
    const list = shell.stage.list('e1')
    list.upsert(container('web', { ports: [port(8080)], health: 'healthy' }))
    list.upsert(container('late', { state: 'created' }))
    list.upsert(container('zebra'))
    await vi.waitFor(() => expect(entry('zebra')).toBeDefined())
    expect(theTray().menusSet).toBe(before + 1)
  })

  test('changes its icon with what runs and with the panel it is on', async () => {
    const first = theTray().image
    await oneEngine()
    const running = theTray().image
    expect(running.pixels.get(2)).not.toEqual(first.pixels.get(2))
    nativeTheme.shouldUseDarkColors = true
    nativeTheme.emit('updated')
    expect(theTray().image.pixels.get(1)).not.toEqual(running.pixels.get(1))
    nativeTheme.shouldUseDarkColors = false
    app.quit()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
    expect(theTray().destroyed).toBe(true)
    expect(nativeTheme.listenerCount('updated')).toBe(0)
  })

  test('is a template on macOS, which the system colours', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
    nativeTheme.shouldUseDarkColors = true
    shell.stage.show({ id: 'e1' })
    shell.stage.list('e1').replace([container('web')])
    await vi.waitFor(() => expect(theTray().image.template).toBe(true))
    nativeTheme.shouldUseDarkColors = false
    vi.restoreAllMocks()
    expect(theTray().image.pixels.get(1)).toEqual(drawTrayIcon('running', false, 1))
  })

  test('ends the app', async () => {
    entry('Quit Longshore').click?.()
    await vi.waitFor(() => expect(app.exitCode).toBe(0))
  })

  test("speaks the person's language, and another one as soon as it is chosen", async () => {
    await shell.stage.change({ language: 'de' })
    await shown(
      'Keine Engine verbunden',
      'separator',
      'Longshore anzeigen',
      'separator',
      'Longshore beenden',
    )
  })
})

describe("the shell's words", () => {
  test.each([
    ['system', ['de-CH', 'en-GB'], 'Stoppen'],
    ['system', ['fr-FR', 'de'], 'Stoppen'],
    ['system', ['fr-FR'], 'Stop'],
    ['system', [], 'Stop'],
    ['en', ['de-DE'], 'Stop'],
    ['de', ['en-GB'], 'Stoppen'],
  ] as const)('with %s and %j', (chosen, preferred, word) => {
    expect(shellWords(chosen, preferred).tray.stop).toBe(word)
  })
})

test('the icons are the same drawing, larger: filled only where something runs', () => {
  const at = (pixels: Buffer, x: number, y: number, width: number) =>
    pixels[(y * width + x) * 4 + 3]
  for (const scale of [1, 2]) {
    const width = 16 * scale
    const inside = (pixels: Buffer) => at(pixels, 10 * scale, 10 * scale, width)
    expect(inside(drawTrayIcon('running', true, scale))).toBe(0xff)
    expect(inside(drawTrayIcon('idle', true, scale))).toBe(0)
    expect(at(drawTrayIcon('no-engine', true, scale), 4 * scale, 10 * scale, width)).toBe(0x80)
    expect(drawTrayIcon('idle', true, scale)).toHaveLength(width * width * 4)
  }
})

test('the model of the same containers is the same, in whatever order they come', () => {
  const words = shellWords('en', [])
  const of = (...names: string[]) =>
    trayModel(
      [{ engineId: 'e1', name: 'x', containers: names.map((each) => container(each)) }],
      words,
    )
  expect(isDeepStrictEqual(of('a', 'b', 'c'), of('c', 'a', 'b'))).toBe(true)
})
