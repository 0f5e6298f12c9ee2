import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, onErrorCaptured } from 'vue'
import type { ShellMessage } from '../../../preload/contract/shellMessage'
import { useArchiveDialogs } from '../../../renderer/archives/dialogs'
import DesktopHost from '../../../renderer/desktop/DesktopHost.vue'
import { useErrorReports } from '../../../renderer/desktop/useErrorReports'
import { useEngines } from '../../../renderer/engines/store'
import { useImageDialogs } from '../../../renderer/images/dialogs/store'
import DesktopSection from '../../../renderer/settings/DesktopSection.vue'
import DiagnosticsButtons from '../../../renderer/settings/DiagnosticsButtons.vue'
import { useCommandStore } from '../../../renderer/shell/commands'
import { useToastStore } from '../../../renderer/ui/useToasts'
import { container, engine, image } from './fixtures'
import { buttonOf, collectionOf, mountPage, TestStream, type Answers, type Page } from './mountPage'

let page: Page
let hear: (message: never) => void
const bridge = {
  platform: 'linux',
  pathOf: vi.fn<(file: File) => string>(() => ''),
  openLogFolder: vi.fn(() => Promise.resolve()),
  onCommand: (listener: (message: ShellMessage) => void) => {
    hear = (message) => listener(message)
    return () => (hear = () => undefined)
  },
}

beforeEach(() => {
  Object.defineProperty(window, 'longshore', {
    value: bridge,
    configurable: true,
  })
})
afterEach(() => {
  page.unmount()
  Reflect.deleteProperty(window, 'longshore')
  vi.restoreAllMocks()
})

const web = container('web', { id: 'f'.repeat(64) })
const open = async (answers: Answers = {}) => {
  page = await mountPage(DesktopHost, {
    answers: {
      'containers.watch': collectionOf(web),
      'images.watch': collectionOf(image({ references: ['docker.io/library/nginx:latest'] })),
      ...answers,
    },
  })
  await page.settle()
}
const told = async (message: unknown) => {
  hear(message as never)
  await page.settle()
}
const where = () => page.router.currentRoute.value.fullPath
const toasts = () => useToastStore().toasts.map(({ text }) => text)

describe('what the shell asks of the page', () => {
  it('shows a container, by its id or its name, and its log', async () => {
    await open()
    const of = { kind: 'container', engineId: null }
    await told({ ...of, idOrName: 'web', view: 'overview' })
    expect(where()).toBe(`/containers/${web.id}`)
    await told({ ...of, idOrName: web.id, view: 'logs' })
    expect(where()).toBe(`/containers/${web.id}?tab=logs`)
  })

  it('says so where the container or the image is not there', async () => {
    await open()
    await told({ kind: 'container', engineId: null, idOrName: 'gone', view: 'logs' })
    await told({ kind: 'image', reference: 'gone:1' })
    expect(toasts()).toEqual([
      'gone is not on the engine that is shown.',
      'gone:1 is not on the engine that is shown.',
    ])
  })

  it('shows an image by any way of writing its name', async () => {
    await open()
    await told({ kind: 'image', reference: 'nginx' })
    expect(where()).toBe(`/images/${image().id}`)
  })

  it('shows the engine that a message is about', async () => {
    const engines = new TestStream()
    engines.send({
      ...{ searching: false, attempts: [], offers: [] },
      engines: [engine(), engine({ id: 'e2', name: 'other' })],
    })
    await open({ 'engines.watch': (_input, signal) => engines.open(signal) })
    await told({ kind: 'engine', engineId: 'e2' })
    expect(useEngines().currentId).toBe('e2')
    expect(where()).toBe('/containers')
  })

  it('fills in a pull, and begins none', async () => {
    await open()
    await told({ kind: 'pull', reference: 'ghcr.io/a/b:1' })
    expect(where()).toBe('/images')
    expect(useImageDialogs().dialog).toEqual({ kind: 'pull', reference: 'ghcr.io/a/b:1' })
    expect(page.calls.filter(({ path }) => path.startsWith('images.pull'))).toEqual([])
  })

  it('runs the command of the palette with that id', async () => {
    await open()
    const run = vi.fn()
    useCommandStore().add([{ id: 'theme-dark', label: 'Dark', run }])
    await told({ kind: 'command', id: 'theme-dark' })
    expect(run).toHaveBeenCalledOnce()
  })

  it('goes to the page that has the command first', async () => {
    await open()
    const run = vi.fn()
    page.router.afterEach(({ path }) => {
      if (path === '/images') useCommandStore().add([{ id: 'images-pull', label: 'Pull', run }])
    })
    await told({ kind: 'command', id: 'images-pull' })
    await vi.waitFor(() => expect(run).toHaveBeenCalledOnce())
  })

  it('is as if the key had been pressed, for the palette and for the search', async () => {
    await open()
    const pressed: string[] = []
    const note = (event: KeyboardEvent) => event.ctrlKey && pressed.push(event.key)
    window.addEventListener('keydown', note)
    await told({ kind: 'command', id: 'palette' })
    await told({ kind: 'command', id: 'find' })
    window.removeEventListener('keydown', note)
    expect(pressed).toEqual(['k', 'f'])
  })

  it('says what cannot be done now, and which link leads nowhere', async () => {
    await open()
    await told({ kind: 'command', id: 'containers-create' })
    await told({ kind: 'bad-link' })
    expect(toasts()).toEqual([
      expect.stringContaining('cannot be done now'),
      'This link to Longshore leads nowhere.',
    ])
  })

  it('is nothing where it is none of these', async () => {
    await open()
    for (const message of [null, { kind: 'command', id: 'containers-remove' }, { kind: 'run' }]) {
      await told(message)
    }
    expect(where()).toBe('/')
    expect(toasts()).toEqual([])
  })

  it('waits until it is known which engines there are', async () => {
    const engines = new TestStream()
    await open({ 'engines.watch': (_input, signal) => engines.open(signal) })
    await told({ kind: 'container', engineId: null, idOrName: 'web', view: 'overview' })
    expect(where()).toBe('/')
    engines.send({ searching: false, engines: [engine()], attempts: [], offers: [] })
    await page.settle()
    await vi.waitFor(() => expect(where()).toBe(`/containers/${web.id}`))
  })
})

describe('an archive that is dropped on the window', () => {
  function drag(type: string, file: File, taken = false): Event {
    const event = new Event(type, { bubbles: true, cancelable: true })
    const dataTransfer = {
      ...{ types: ['Files'], items: [{ kind: 'file', type: file.type }], files: [file] },
      dropEffect: 'none',
    }
    Object.assign(event, { dataTransfer, relatedTarget: null })
    if (taken) event.preventDefault()
    window.dispatchEvent(event)
    return event
  }
  const tar = new File(['x'], 'images.tar.gz', { type: 'application/gzip' })

  it('is opened to be loaded, by its path where the system tells it', async () => {
    bridge.pathOf.mockReturnValueOnce('/home/me/images.tar.gz')
    await open()
    drag('dragover', tar)
    await page.settle()
    expect(page.text()).toContain('Drop to load this archive')
    drag('drop', tar)
    await page.settle()
    expect(page.text()).not.toContain('Drop to load')
    expect(where()).toBe('/images')
    const { dialog } = useArchiveDialogs()
    expect(dialog).toEqual({ kind: 'open', dropped: { path: '/home/me/images.tar.gz' } })
  })

  it('is opened by its name in a browser, which tells no more', async () => {
    Reflect.deleteProperty(window, 'longshore')
    await open()
    drag('drop', tar)
    await page.settle()
    expect(useArchiveDialogs().dialog).toEqual({ kind: 'open', dropped: { name: 'images.tar.gz' } })
  })

  it('is left to what takes it', async () => {
    await open()
    drag('dragover', tar, true)
    drag('drop', tar, true)
    await page.settle()
    expect(page.text()).not.toContain('Drop to load')
    expect(useArchiveDialogs().dialog).toBeNull()
  })

  it('no other file is: and none makes the browser leave the app', async () => {
    await open()
    const picture = new File(['x'], 'cat.png', { type: 'image/png' })
    const event = drag('dragover', picture)
    expect(event.defaultPrevented).toBe(true)
    await page.settle()
    expect(page.text()).not.toContain('Drop to load')
    expect(drag('drop', picture).defaultPrevented).toBe(true)
    await page.settle()
    expect(toasts()).toEqual([expect.stringContaining('cat.png is no archive')])
  })
})

describe('errors of the page', () => {
  it('are written to the log once each, those of components too', async () => {
    const reported: { message: string }[] = []
    const broken = defineComponent(
      () => () => h('button', { onClick: () => Promise.reject(new Error('a component broke')) }),
    )
    const host = defineComponent(() => {
      useErrorReports()
      return () => h(broken)
    })
    // Vue throws in tests what it only prints in the app.
    const quiet = defineComponent(() => {
      onErrorCaptured(() => false)
      return () => h(host)
    })
    page = await mountPage(quiet, {
      answers: { 'application.report': (input) => void reported.push(input) },
    })
    document.querySelector('button')?.click()
    await vi.waitFor(() => expect(reported).toHaveLength(1))
    const error = new Error('x'.repeat(5_000))
    for (const message of ['ResizeObserver loop completed with undelivered notifications.', '']) {
      window.dispatchEvent(new ErrorEvent('error', { message, error: message ? null : error }))
    }
    window.dispatchEvent(new ErrorEvent('error', { error }))
    await page.settle()
    expect(reported).toEqual([
      expect.objectContaining({ message: 'a component broke' }),
      expect.objectContaining({ message: 'x'.repeat(2_000), place: location.hash }),
    ])
  })
})

describe('the diagnostics', () => {
  it('are put on the clipboard, and the log folder is a click away in the desktop app', async () => {
    page = await mountPage(DiagnosticsButtons, {
      answers: { 'application.diagnostics': () => ({ text: 'Longshore 1.2.3' }) },
    })
    buttonOf('Open the log folder').click()
    expect(bridge.openLogFolder).toHaveBeenCalledOnce()
    buttonOf('Copy diagnostics').click()
    await page.settle()
    expect(toasts()).toEqual(['The diagnostics are on the clipboard.'])
    expect(page.calls.map(({ path }) => path)).toEqual(['application.diagnostics'])
  })
})

describe('how the desktop app begins and ends', () => {
  it('is chosen in the settings', async () => {
    page = await mountPage(DesktopSection)
    const boxes = [...document.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')]
    expect(boxes.map(({ checked }) => checked)).toEqual([false, false])
    for (const box of boxes) box.click()
    await vi.waitFor(() =>
      expect(page.calls).toEqual([
        { path: 'settings.change', input: { closeToTray: true, startAtLogin: true } },
      ]),
    )
  })
})
