import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { menuTemplate } from '../../../main/shell/menuTemplate'
import { shellWords } from '../../../main/shell/words'
import { menuCommands, pageIds, readShellMessage } from '../../../preload/contract/shellMessage'
import type { ShellMessage } from '../../../preload/contract/shellMessage'
import { pages } from '../../../renderer/shell/pages'
import { app, standin, type MenuEntry } from '../../standin/electron'
import { bridgeOf, buildPreload, startShell, type RunningShell } from './harness'

vi.mock('electron', () => import('../../standin/electron'))

let preload: string
beforeAll(async () => {
  preload = (await buildPreload()).code
})

const actions = { command: vi.fn(), zoom: vi.fn(), openLogFolder: vi.fn() }
const templateOn = (platform: NodeJS.Platform, language: 'en' | 'de' = 'en') =>
  menuTemplate({
    ...{ platform, words: shellWords(language, []), theme: 'dark', actions },
  }) as MenuEntry[]
const flat = (menu: MenuEntry[]): MenuEntry[] =>
  menu.flatMap((entry) => [entry, ...flat(entry.submenu ?? [])])

describe('the native menu', () => {
  test("begins with the app's own menu on macOS, which has the settings and the end", () => {
    const [first] = templateOn('darwin')
    const has = flat(first?.submenu ?? []).map(({ role, label }) => role ?? label)
    expect(has).toEqual(expect.arrayContaining(['about', 'Settings…', 'services', 'hide', 'quit']))
    expect(templateOn('darwin').map(({ role, label }) => role ?? label)).toEqual([
      ...['appMenu', 'File', 'Edit', 'View', 'Go', 'windowMenu', 'help'],
    ])
  })

  test('has them in File and Help elsewhere', () => {
    const [file, , , , , help] = templateOn('linux')
    expect(file?.submenu?.map(({ role, label }) => role ?? label)).toEqual(
      expect.arrayContaining(['New Container…', 'Settings…', 'close', 'quit']),
    )
    expect(help?.submenu?.at(-1)?.role).toBe('about')
    expect(templateOn('linux').some(({ role }) => role === 'appMenu')).toBe(false)
  })

  test.each(['darwin', 'linux', 'win32'] as const)('gives no key to two things on %s', (system) => {
    const keys = flat(templateOn(system)).flatMap(({ accelerator }) => accelerator ?? [])
    expect(keys.length).toBeGreaterThan(15)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('only shows the keys that the page acts on itself, where the system allows that', () => {
    const byKey = (system: NodeJS.Platform, key: string) =>
      flat(templateOn(system)).find(({ accelerator }) => accelerator === key)
    for (const key of ['CmdOrCtrl+1', 'CmdOrCtrl+K', 'CmdOrCtrl+F']) {
      expect(byKey('linux', key)?.registerAccelerator, key).toBe(false)
      expect(byKey('darwin', key)?.registerAccelerator, key).toBe(true)
    }
    expect(byKey('linux', 'CmdOrCtrl+N')).not.toHaveProperty('registerAccelerator', false)
  })

  test('has all of its words in both languages', () => {
    const words = (language: 'en' | 'de') => flat(templateOn('win32', language)).map((e) => e.label)
    const [english, german] = [words('en'), words('de')]
    expect(german).toHaveLength(english.length)
    const same = english.filter((word, at) => word !== undefined && word === german[at])
    expect(new Set(same)).toEqual(
      new Set(
        ['Images', 'Volumes', 'Registries', 'Engines', 'Container'].filter((word) =>
          english.includes(word),
        ),
      ),
    )
  })

  test('marks the theme that is chosen', () => {
    const marked = flat(templateOn('linux')).filter(
      ({ type, checked }) => type === 'radio' && checked,
    )
    expect(marked.map(({ label }) => label)).toEqual(['Dark'])
  })

  test('lists the pages as the rail does, with the same keys', () => {
    expect(pages.map(({ id }) => id)).toEqual(pageIds)
  })
})

describe('a choice in the menu', () => {
  let shell: RunningShell
  beforeEach(async () => {
    standin.reset()
    shell = await startShell(preload)
    return () => {
      app.quit()
      return shell.remove()
    }
  })
  const choose = (label: string) => {
    const found = flat(standin.menu ?? []).find((entry) => entry.label === label)
    if (!found) throw new Error(`the menu has no ${label}`)
    found.click?.()
  }
  const messages = () => {
    const heard: ShellMessage[] = []
    bridgeOf(shell.page).onCommand((message) => heard.push(message))
    return heard
  }

  test('is told to the page, and brings the window before the person', async () => {
    const heard = messages()
    shell.window.minimised = true
    choose('Images')
    choose('Pull an Image…')
    await vi.waitFor(() =>
      expect(heard).toEqual([
        { kind: 'command', id: 'page-images' },
        { kind: 'command', id: 'images-pull' },
      ]),
    )
    expect(shell.window.done).toContain('restore')
  })

  test('waits for a page that does not listen yet, and for the next one after a reload', async () => {
    choose('Images')
    const heard = messages()
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    shell.window.webContents.emit('did-start-navigation', {
      ...{ isMainFrame: true, isSameDocument: true },
    })
    choose('Volumes')
    await vi.waitFor(() => expect(heard).toHaveLength(2))
    await shell.window.loadURL('app://longshore/')
    const page = shell.window.page
    if (!page) throw new Error('no page')
    choose('Networks')
    const again: ShellMessage[] = []
    bridgeOf(page).onCommand((message) => again.push(message))
    await vi.waitFor(() => expect(again).toEqual([{ kind: 'command', id: 'page-networks' }]))
    expect(heard).toHaveLength(2)
  })

  test('is heard no more by who has stopped to listen', async () => {
    const heard: ShellMessage[] = []
    const stop = bridgeOf(shell.page).onCommand((message) => heard.push(message))
    const others = messages()
    stop()
    choose('Images')
    await vi.waitFor(() => expect(others).toHaveLength(1))
    expect(heard).toEqual([])
  })

  test('opens a window where none is (macOS), and is told to its page', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
    shell.window.close()
    choose('Jobs')
    await vi.waitFor(() => expect(standin.windows[0]?.page).toBeTruthy())
    const page = standin.windows[0]?.page
    if (!page) throw new Error('no page')
    const heard: ShellMessage[] = []
    bridgeOf(page).onCommand((message) => heard.push(message))
    await vi.waitFor(() => expect(heard).toEqual([{ kind: 'command', id: 'page-jobs' }]))
    vi.restoreAllMocks()
  })

  test('is in the language that is chosen, as soon as it is', async () => {
    await shell.stage.change({ language: 'de' })
    await vi.waitFor(() => expect(flat(standin.menu ?? []).map((e) => e.label)).toContain('Suchen'))
  })
})

test('preload and page take no message but those of the contract', () => {
  for (const id of menuCommands) {
    expect(readShellMessage({ kind: 'command', id, more: 1 })).toEqual({ kind: 'command', id })
  }
  const long = 'x'.repeat(513)
  const of = { kind: 'container', engineId: null, idOrName: 'web', view: 'logs' }
  expect(readShellMessage(of)).toEqual(of)
  const hostile = [
    ...[null, undefined, 'command', 5, {}, [], { kind: 'command' }, { kind: 'constructor' }],
    ...[
      { kind: 'command', id: 'containers-remove' },
      { kind: 'command', id: ['page-images'] },
    ],
    ...[{ kind: 'pull' }, { kind: 'pull', reference: '' }, { kind: 'image', reference: long }],
    ...[
      { ...of, view: 'remove' },
      { ...of, idOrName: long },
      { ...of, engineId: 5 },
    ],
    { kind: 'engine', engineId: null },
  ]
  for (const value of hostile) expect(readShellMessage(value), JSON.stringify(value)).toBeNull()
})
