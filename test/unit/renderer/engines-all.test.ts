import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import type { CollectionMessage } from '../../../preload/contract/base'
import type { Container } from '../../../preload/contract/containers'
import type { Engine, EnginesMessage } from '../../../preload/contract/engines'
import AllEnginesPage from '../../../renderer/allEngines/AllEnginesPage.vue'
import ToastHost from '../../../renderer/ui/ToastHost.vue'
import { container, engine, figures, image, statsTick } from './fixtures'
import { buttonOf, collectionOf, mountPage, TestStream, type Answers, type Page } from './mountPage'

let page: Page
let watchEngines: TestStream<EnginesMessage>
type Message = CollectionMessage<Container>
/** What each engine has told of its containers, and who listens: the page, and the app's own list. */
let told: Map<string, { messages: Message[]; listeners: TestStream<Message>[] }>
/** The engines whose containers are followed now; e1 twice, for the app's own list shows it too. */
let followed: string[]
/** Goes to another page of the app. */
let leave: () => void

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  watchEngines = new TestStream()
  told = new Map()
  followed = []
})
afterEach(() => {
  page.unmount()
  vi.restoreAllMocks()
})

const harbour = engine()
const laptop = engine({ id: 'e2', name: 'laptop', kind: 'podman' })

function toldBy(engineId: string) {
  const by = told.get(engineId) ?? { messages: [], listeners: [] }
  told.set(engineId, by)
  return by
}
function listen(engineId: string, signal: AbortSignal) {
  const { messages, listeners } = toldBy(engineId)
  const stream = new TestStream<Message>()
  for (const message of messages) stream.send(message)
  listeners.push(stream)
  followed.push(engineId)
  signal.addEventListener('abort', () => followed.splice(followed.indexOf(engineId), 1))
  return stream.open(signal)
}
const tell = (engines: Engine[]) =>
  watchEngines.send({ searching: false, engines, attempts: [], offers: [] })
function list(engineId: string, ...items: Container[]) {
  const { messages, listeners } = toldBy(engineId)
  messages.push({ kind: 'snapshot', items })
  for (const listener of listeners) listener.send({ kind: 'snapshot', items })
}

async function show(engines: Engine[], answers: Answers = {}) {
  tell(engines)
  const left = ref(false)
  leave = () => (left.value = true)
  const whole = defineComponent(() => () => [
    left.value ? null : h(AllEnginesPage as never),
    h(ToastHost as never),
  ])
  page = await mountPage(whole, {
    answers: {
      'engines.watch': (_input, signal) => watchEngines.open(signal),
      'containers.watch': ({ engineId }: { engineId: string }, signal) => {
        return listen(engineId, signal)
      },
      'images.watch': collectionOf(image()),
      'stats.watch': (_input, signal) => new TestStream().open(signal),
      ...answers,
    },
  })
  await page.settle()
}

const lines = () =>
  [...document.querySelectorAll<HTMLElement>('[data-line]')].map((line) => line.textContent)
const rowOf = (name: string) => {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-line]')]
  const row = rows.find((line) => line.textContent.includes(name))
  if (!row) throw new Error(`There is no row "${name}".`)
  return row
}
const headOf = (label: string) => {
  const heads = [...document.querySelectorAll<HTMLButtonElement>('button[aria-pressed]')]
  const head = heads.find((each) => each.textContent.includes(label))
  if (!head) throw new Error(`There is no engine "${label}".`)
  return head
}
async function tick(name: string) {
  rowOf(name).querySelector('input')?.click()
  await page.settle()
}

describe('the view of all engines', () => {
  it('lists the containers of each, with its figures and what the engine has', async () => {
    list('e1', container('web'), container('db', { state: 'exited', exitCode: 0 }))
    list('e2', container('mail'))
    await show([harbour, laptop], {
      'stats.watch': ({ engineId }: { engineId: string }, signal) => {
        const stream = new TestStream()
        const id = engineId === 'e1' ? 'web' : 'mail'
        stream.send(statsTick(1, [figures(id, { cpuPercent: engineId === 'e1' ? 12.3 : 45.6 })]))
        return stream.open(signal)
      },
    })
    expect(lines()).toHaveLength(3)
    expect(rowOf('web').textContent).toMatch(/harbour.*12\.3%/)
    expect(rowOf('mail').textContent).toMatch(/laptop.*45\.6%/)
    expect(headOf('harbour').textContent).toContain('1 of 2 running · 1 image')
    expect(headOf('laptop').textContent).toContain('1 of 1 running · 1 image')
  })

  it('waits for nobody: one that never tells its containers keeps no other back', async () => {
    list('e1', container('web'))
    await show([harbour, engine({ ...laptop, state: 'connecting', lastHeardAt: null })])
    expect(lines()).toHaveLength(1)
    expect(headOf('laptop').textContent).toContain('Connecting')
  })

  it('keeps the rows of one that is lost, with their age, while the others go on', async () => {
    list('e1', container('web'))
    list('e2', container('mail'))
    await show([harbour, laptop])
    const lost = engine({ ...laptop, state: 'stale', lastHeardAt: Date.now() - 12_000 })
    tell([harbour, lost])
    list('e1', container('web'), container('new'))
    await page.settle()
    expect(lines()).toHaveLength(3)
    expect(rowOf('mail').textContent).toMatch(/Not answering, 1\d s old/)
    expect(rowOf('new').textContent).not.toContain('old')
    expect(headOf('laptop').textContent).toMatch(/Not answering, 1\d s old/)
  })

  it('follows an engine from when it comes until it goes, and none when the page is left', async () => {
    list('e1', container('web'))
    list('e2', container('mail'))
    await show([harbour])
    expect(followed).toEqual(['e1', 'e1'])
    tell([harbour, laptop])
    await page.settle()
    expect(followed).toEqual(['e1', 'e1', 'e2'])
    expect(lines()).toHaveLength(2)
    tell([harbour])
    await page.settle()
    expect(followed).toEqual(['e1', 'e1'])
    expect(lines()).toHaveLength(1)
    // The page is left; the app goes on with its own list.
    leave()
    await page.settle()
    expect(followed).toEqual(['e1'])
  })

  it('stops the chosen ones of several engines, each by its own engine', async () => {
    list('e1', container('web'), container('db', { state: 'exited' }))
    list('e2', container('mail'))
    const refusal = { code: 'conflict', message: 'It will not.' }
    await show([harbour, laptop], {
      'containers.stop': ({ engineId, ids }: { engineId: string; ids: string[] }) => ({
        outcomes: ids.map((id) =>
          engineId === 'e2' ? { id, changed: false, problem: refusal } : { id, changed: true },
        ),
      }),
    })
    for (const name of ['web', 'db', 'mail']) await tick(name)
    expect(page.text()).toContain('3 selected')
    buttonOf('Stop').click()
    await page.settle()
    expect(page.calls.filter(({ path }) => path === 'containers.stop')).toEqual([
      { path: 'containers.stop', input: { engineId: 'e1', ids: ['web'] } },
      { path: 'containers.stop', input: { engineId: 'e2', ids: ['mail'] } },
    ])
    expect(rowOf('mail').textContent).toContain('Stop failed')
    expect(rowOf('web').textContent).not.toContain('failed')
  })

  it('starts one from its row', async () => {
    list('e2', container('mail', { state: 'exited' }))
    await show([harbour, laptop], { 'containers.start': () => ({ outcomes: [] }) })
    rowOf('mail').querySelector<HTMLButtonElement>('button[aria-label="Start"]')?.click()
    await page.settle()
    expect(page.calls.at(-1)?.input).toEqual({ engineId: 'e2', ids: ['mail'] })
  })

  it('opens a container on the pages of its engine', async () => {
    list('e1', container('web'))
    list('e2', container('mail'))
    await show([harbour, laptop])
    rowOf('mail').click()
    await expect.poll(() => page.router.currentRoute.value.path).toBe('/containers/mail')
    await expect
      .poll(() => page.calls.find(({ path }) => path === 'settings.change')?.input)
      .toEqual({ engineId: 'e2' })
  })

  it('shows one engine alone, and groups by engine', async () => {
    list('e1', container('web'))
    list('e2', container('mail'))
    await show([harbour, laptop])
    headOf('laptop').click()
    await page.settle()
    expect(lines()).toHaveLength(1)
    expect(page.text()).toContain('1 of 2')
    headOf('laptop').click()
    buttonOf('By engine').click()
    await page.settle()
    expect(lines().map((line) => /harbour|laptop|web|mail/.exec(line)?.[0])).toEqual([
      ...['harbour', 'web', 'laptop', 'mail'],
    ])
  })

  it('shows the same engine that is reached in two ways as two', async () => {
    list('e1', container('web'))
    list('e2', container('web'))
    await show([harbour, engine({ id: 'e2', endpoint: 'ssh://harbour' })])
    expect(lines()).toHaveLength(2)
    await tick('ssh://harbour')
    expect(page.text()).toContain('1 selected')
  })

  it('draws a screenful of a thousand rows', async () => {
    const many = (prefix: string) =>
      Array.from({ length: 500 }, (_, index) => container(`${prefix}-${index}`))
    list('e1', ...many('web'))
    list('e2', ...many('mail'))
    await show([harbour, laptop])
    expect(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')).toBe('1001')
    expect(lines().length).toBeLessThan(80)
  })

  it('says so where there are none, and where nobody has answered yet', async () => {
    await show([engine({ ...harbour, state: 'connecting', lastHeardAt: null })])
    expect(page.text()).toContain('Waiting for the first engine')
    list('e1')
    await page.settle()
    expect(page.text()).toContain('No containers on any engine')
  })
})
