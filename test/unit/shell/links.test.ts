import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { linkAmong, parseLink } from '../../../main/shell/links'
import { parseReference } from '../../../preload/contract/reference'
import type { ShellMessage } from '../../../preload/contract/shellMessage'
import { app, standin } from '../../standin/electron'
import { bridgeOf, buildPreload, startHidden, startShell } from './harness'

vi.mock('electron', () => import('../../standin/electron'))

const id = 'a1'.repeat(32)
const container = { kind: 'container', engineId: null, view: 'overview' }

describe('a longshore:// link shows', () => {
  test.each([
    [`longshore://containers/${id}`, { ...container, idOrName: id }],
    ['longshore://containers/my_web.1-2', { ...container, idOrName: 'my_web.1-2' }],
    ['longshore://containers/web/logs', { ...container, idOrName: 'web', view: 'logs' }],
    ['longshore://containers/web/terminal/', { ...container, idOrName: 'web', view: 'terminal' }],
    ['LONGSHORE://Containers/web', { ...container, idOrName: 'web' }],
    ['longshore://images/nginx:1.27', { kind: 'image', reference: 'nginx:1.27' }],
    ['longshore://images/a.io:5000/b/c:d', { kind: 'image', reference: 'a.io:5000/b/c:d' }],
    ['longshore://pull/a.io%2Fb%3A1', { kind: 'pull', reference: 'a.io/b:1' }],
    [`longshore://pull/b@sha256:${id}`, { kind: 'pull', reference: `b@sha256:${id}` }],
    ['longshore://engines', { kind: 'command', id: 'page-engines' }],
    ['longshore://containers/', { kind: 'command', id: 'page-containers' }],
    ['longshore://images', { kind: 'command', id: 'page-images' }],
    ['longshore://pull', { kind: 'command', id: 'images-pull' }],
  ] as [string, ShellMessage][])('%s', (link, message) => {
    expect(parseLink(link)).toEqual(message)
  })

  test('every name that an image can have, as it is and escaped', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}$/)
    const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/)
    const reference = fc
      .tuple(fc.array(part, { minLength: 1, maxLength: 5 }), tag)
      .map(([parts, version]) => `${parts.join('/')}:${version}`)
    fc.assert(
      fc.property(reference, (text) => {
        fc.pre(parseReference(text).ok)
        for (const said of [text, encodeURIComponent(text)]) {
          expect(parseLink(`longshore://pull/${said}`)).toEqual({ kind: 'pull', reference: text })
        }
      }),
    )
  })
})

describe('a hostile link', () => {
  const hostile = [
    ...['', 'longshore:', 'longshore://', 'longshore:containers/web', 'https://example.org/'],
    ...['file:///etc/passwd', 'javascript:alert(1)', ' longshore://engines', 'app://longshore/'],
    ...['longshore://containers/../engines', 'longshore://containers/..%2f..%2fx'],
    ...['longshore://containers/web/%2e%2e/logs', 'longshore://images/a/../b'],
    ...['longshore://containers/web%00', 'longshore://containers/web\n', 'longshore://pull/a%0ab'],
    ...['longshore://containers/web%20x', 'longshore://containers/web/remove', 'longshore://%zz'],
    ...['longshore://containers/web%', 'longshore://containers/--help', 'longshore://remove/web'],
    ...['longshore://containers/web/logs/x', 'longshore://containers/web?x=1', 'longshore://run/x'],
    ...['longshore://pull/UPPER', 'longshore://pull/<script>', 'longshore://engines/x'],
    ...['longshore://user:secret@containers/web', `longshore://pull/${'a'.repeat(10_000)}`],
    ...['longshore://containers/w\u202eeb', 'longshore://constructor/x', 'longshore://__proto__'],
  ]
  test.each(hostile)('means nothing: %j', (link) => {
    expect(parseLink(link)).toBeNull()
  })

  test('whatever it is, shows at most: no link acts', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'containers',
        'images',
        'pull',
        'engines',
        'stop',
        'remove',
        'run',
        'settings',
      ),
      fc.constantFrom('..', '.', '', '%2e%2e', '%2f', '%00', 'logs', '?', '#', id, 'theme-dark'),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    const harmless = ['page-containers', 'page-images', 'page-engines', 'images-pull']
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const message = parseLink(`longshore://${pieces.join('/')}`)
        if (message === null) return
        expect(['command', 'container', 'image', 'pull']).toContain(message.kind)
        if (message.kind === 'command') expect(harmless).toContain(message.id)
        const texts = Object.values(message).filter((value) => typeof value === 'string')
        for (const text of texts) expect(text).toMatch(/^[!-~]{1,512}$/)
        expect(texts.join('/').split('/')).not.toContain('..')
      }),
      { numRuns: 2_000 },
    )
  })
})

test('the first link of a command line counts, and nothing that only holds one', () => {
  expect(linkAmong(['--hidden', '--x=longshore://engines', 'LONGSHORE://a', 'longshore://b'])).toBe(
    'LONGSHORE://a',
  )
  expect(linkAmong(['--engine', '/run/docker.sock'])).toBeNull()
})

describe('a link is opened', () => {
  let preload: string
  beforeAll(async () => {
    preload = (await buildPreload()).code
  })
  beforeEach(() => standin.reset())
  const listen = (): ShellMessage[] => {
    const page = standin.windows[0]?.page
    if (!page) throw new Error('there is no page')
    const heard: ShellMessage[] = []
    bridgeOf(page).onCommand((message) => heard.push(message))
    return heard
  }
  const web = { ...container, idOrName: 'web' }

  test('by the start of the app, also where that shall be hidden', async () => {
    const shell = await startHidden(preload, { args: ['--hidden', 'longshore://containers/web'] })
    const heard = listen()
    await vi.waitFor(() => expect(heard).toEqual([web]))
    app.quit()
    await shell.remove()
  })

  test('by a second start, which hands it over', async () => {
    const shell = await startShell(preload)
    const heard = listen()
    shell.window.done.length = 0
    app.emit('second-instance', {}, ['/usr/bin/longshore', 'longshore://containers/web'])
    await vi.waitFor(() => expect(heard).toEqual([web]))
    expect(shell.window.done).toEqual(['show', 'focus'])
    app.quit()
    await shell.remove()
  })

  test('by the system (macOS), running or not', async () => {
    const starting = startShell(preload)
    const handOver = (link: string) => app.emit('open-url', { preventDefault: vi.fn() }, link)
    await vi.waitFor(() => expect(app.listenerCount('open-url')).toBe(1))
    handOver('longshore://engines')
    const shell = await starting
    const heard = listen()
    handOver('longshore://containers/web')
    await vi.waitFor(() => expect(heard).toEqual([{ kind: 'command', id: 'page-engines' }, web]))
    app.quit()
    await shell.remove()
  })

  test('that means nothing: the window shows, and the page says so', async () => {
    const shell = await startShell(preload)
    const heard = listen()
    shell.window.done.length = 0
    app.emit('second-instance', {}, ['longshore', `longshore://run/${'x'.repeat(10_000)}`])
    await vi.waitFor(() => expect(heard).toEqual([{ kind: 'bad-link' }]))
    expect(shell.window.done).toEqual(['show', 'focus'])
    app.quit()
    await shell.remove()
  })

  test.each([
    [true, ['longshore']],
    [false, []],
  ])('by what is installed: packaged %s', async (isPackaged, protocols) => {
    app.isPackaged = isPackaged
    const shell = await startShell(preload)
    expect(app.protocols).toEqual(protocols)
    app.quit()
    await shell.remove()
  })
})
