import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import type { CollectionMessage } from '../../../preload/contract/base'
import type { Container } from '../../../preload/contract/containers'
import ContainersPage from '../../../renderer/containers/ContainersPage.vue'
import ConfirmHost from '../../../renderer/ui/ConfirmHost.vue'
import ToastHost from '../../../renderer/ui/ToastHost.vue'
import { container } from './fixtures'
import {
  buttonOf,
  fieldOf,
  mountPage,
  TestStream,
  typeInto,
  type Answers,
  type Page,
} from './mountPage'

let page: Page
let watch: TestStream<CollectionMessage<Container>>

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  watch = new TestStream()
})
afterEach(() => {
  page.unmount()
  vi.restoreAllMocks()
})

/** The page with dialogs and messages, as the app has them. */
async function show(
  containers: Container[],
  { answers = {}, id = '' }: { answers?: Answers; id?: string } = {},
) {
  const whole = defineComponent(() => () => [
    h(ContainersPage as never, { id }),
    h(ConfirmHost as never),
    h(ToastHost as never),
  ])
  watch.send({ kind: 'snapshot', items: containers })
  page = await mountPage(whole, {
    answers: {
      'containers.watch': (_input, signal) => watch.open(signal),
      'stats.watch': (_input, signal) => new TestStream().open(signal),
      'settings.read': () => ({ theme: 'system', engineId: null, panelWidth: 480, tables: {} }),
      ...answers,
    },
  })
  await page.settle()
}

const rowOf = (name: string) => {
  const row = [...document.querySelectorAll('[data-line]')].find((line) =>
    line.textContent.includes(name),
  )
  if (!(row instanceof HTMLElement)) throw new Error(`There is no row "${name}".`)
  return row
}
const press = (row: HTMLElement, label: string) =>
  row.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)?.click()
const tick = (row: HTMLElement) => row.querySelector<HTMLInputElement>('input')?.click()

describe('the containers page', () => {
  it('teaches what a container is where there is none', async () => {
    await show([])
    expect(page.text()).toContain('A container is a program')
    expect(buttonOf('Run sample containers')).toBeTruthy()
    expect(buttonOf('Create a container…')).toBeTruthy()
  })

  it('says at once what is being done to a row, and shows what the engine made of it', async () => {
    let finish = () => {}
    await show([container('web', { state: 'exited', exitCode: 0 })], {
      answers: {
        'containers.start': () =>
          new Promise((resolve) => {
            finish = () => resolve({ outcomes: [{ id: 'web', changed: true }] })
          }),
      },
    })
    press(rowOf('web'), 'Start')
    await nextTick()
    expect(rowOf('web').textContent).toContain('Starting…')
    expect(page.router.currentRoute.value.path).toBe('/')
    watch.send({ kind: 'patch', upsert: [container('web')], remove: [] })
    finish()
    await page.settle()
    expect(rowOf('web').textContent).toContain('Running')
  })

  it('tells on the row and in a message what could not be done', async () => {
    const problem = { code: 'conflict', message: 'Port 80 is taken.', hint: 'Choose another.' }
    await show([container('web', { state: 'exited', exitCode: 0 })], {
      answers: {
        'containers.start': () => ({ outcomes: [{ id: 'web', changed: false, problem }] }),
      },
    })
    press(rowOf('web'), 'Start')
    await page.settle()
    expect(rowOf('web').textContent).toContain('Start failed')
    expect(page.text()).toContain('Port 80 is taken.')
    expect(page.text()).toContain('Choose another.')

    watch.send({ kind: 'patch', upsert: [container('web')], remove: [] })
    await page.settle()
    expect(rowOf('web').textContent).not.toContain('Start failed')
  })

  it('starts only those of the chosen ones that do not run', async () => {
    await show([container('up'), container('down', { state: 'exited', exitCode: 0 })], {
      answers: { 'containers.start': () => ({ outcomes: [{ id: 'down', changed: true }] }) },
    })
    tick(rowOf('up'))
    await page.settle()
    tick(rowOf('down'))
    await page.settle()
    expect(page.text()).toContain('2 selected')
    buttonOf('Start').click()
    await page.settle()
    expect(page.calls).toContainEqual({
      path: 'containers.start',
      input: { engineId: 'e1', ids: ['down'] },
    })
  })

  it('keeps the selection while containers change, and drops what is gone', async () => {
    await show([container('a'), container('b')])
    tick(rowOf('a'))
    await page.settle()
    tick(rowOf('b'))
    await page.settle()
    watch.send({ kind: 'patch', upsert: [container('a', { state: 'paused' })], remove: ['b'] })
    await page.settle()
    expect(page.text()).toContain('1 selected')
    expect(rowOf('a').querySelector('input')?.checked).toBe(true)
  })

  it('names what a removal takes, and what stays', async () => {
    const volume = { type: 'volume', source: '/x', destination: '/x', readWrite: true }
    const db = container('db', {
      mounts: [
        { ...volume, name: 'pgdata', anonymous: false },
        { ...volume, name: 'f00', anonymous: true },
      ],
    })
    await show([db], {
      answers: { 'containers.remove': () => ({ outcomes: [{ id: 'db', changed: true }] }) },
    })
    tick(rowOf('db'))
    await page.settle()
    buttonOf('Remove…').click()
    await page.settle()
    for (const part of ['Remove db?', 'killed first (forced)', 'Stays: the volume pgdata.']) {
      expect(page.text()).toContain(part)
    }
    expect(fieldOf('Also remove the volume without a name').checked).toBe(true)
    buttonOf('Kill and remove').click()
    await page.settle()
    expect(page.calls).toContainEqual({
      path: 'containers.remove',
      input: { engineId: 'e1', ids: ['db'], force: true, removeAnonymousVolumes: true },
    })
    expect(page.text()).toContain('db was removed.')
  })

  it('finds by what is typed, and says when nothing fits', async () => {
    await show([container('web'), container('db')])
    const search = document.querySelector<HTMLInputElement>('[role=searchbox]')
    if (!search) throw new Error('There is no search field.')
    // The virtual list draws its lines in a later frame.
    const lines = () => document.querySelectorAll('[data-line]').length
    await typeInto(page, search, 'web')
    await expect.poll(lines).toBe(1)
    await typeInto(page, search, 'nowhere')
    await expect.poll(() => page.text()).toContain('No container fits')
    buttonOf('Show all').click()
    await expect.poll(lines).toBe(2)
  })

  it('says calmly that the open container is gone', async () => {
    await show([container('web')], {
      id: 'web',
      answers: { 'containers.inspect': () => new Promise(() => {}) },
    })
    watch.send({ kind: 'patch', upsert: [], remove: ['web'] })
    await page.settle()
    expect(page.text()).toContain('web is gone')
  })
})
