import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { ref, type App, type Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { provideApi } from '../../../renderer/api'
import { knownParts } from '../../../renderer/lazy/part'
import type { Link } from '../../../renderer/link'
import { words } from '../../../renderer/words'
import { engine } from './fixtures'

export type Answers = Record<string, (input: never, signal: AbortSignal) => unknown>

export interface Call {
  path: string
  input: unknown
}

/** A stream whose messages the test sends; it ends when the page gives it up. */
export class TestStream<Message> {
  readonly #sent: Message[] = []
  #wake = () => {}

  send(message: Message): void {
    this.#sent.push(message)
    this.#wake()
  }

  async *open(signal: AbortSignal): AsyncGenerator<Message> {
    signal.addEventListener('abort', () => this.#wake())
    for (let next = 0; !signal.aborted;) {
      const message = this.#sent[next]
      if (message !== undefined) {
        next++
        yield message
      } else await new Promise<void>((wake) => (this.#wake = wake))
    }
  }
}

const empty = { kind: 'snapshot', items: [] }

/** What every page asks for; a test replaces what it is about. */
const usual: Answers = {
  'engines.watch': (_input, signal) => {
    const stream = new TestStream()
    stream.send({ searching: false, engines: [engine()], attempts: [], offers: [] })
    return stream.open(signal)
  },
  'images.watch': (_input, signal) => snapshot(signal),
  'containers.watch': (_input, signal) => snapshot(signal),
  'volumes.watch': (_input, signal) => snapshot(signal),
  'jobs.watch': (_input, signal) => snapshot(signal),
  'settings.change': () => ({}),
  'registries.settings': () => [],
  'registries.places': () => ({
    helper: null,
    usual: 'longshore',
    dockerConfigFile: 'config.json',
  }),
  'registries.list': () => ({ registries: [], protection: 'key-store', warnings: [] }),
}

function snapshot(signal: AbortSignal, message: unknown = empty) {
  const stream = new TestStream()
  stream.send(message)
  return stream.open(signal)
}

/** The answer of a collection that holds these items and never changes. */
export const collectionOf =
  (...items: { id: string }[]) =>
  (_input: never, signal: AbortSignal) =>
    snapshot(signal, { kind: 'snapshot', items })

export interface Page {
  unmount: () => void
  router: Router
  /** Every call the page made, in order, but for streams. */
  calls: Call[]
  /** The words on screen, dialogs included. */
  text: () => string
  /** Waits until everything under way has come to rest. */
  settle: () => Promise<void>
}

/**
 * Mounts a component as the app does, over an API whose answers the test gives. What it declares to be loaded
 * lazily has been loaded ahead.
 *
 * @param component a Vue component; typescript-eslint cannot tell what a .vue file exports.
 */
export async function mountPage(
  component: unknown,
  { answers = {}, props = {} }: { answers?: Answers; props?: Record<string, unknown> } = {},
): Promise<Page> {
  await Promise.all(knownParts.map((part) => part.load()))
  const calls: Call[] = []
  const all = { ...usual, ...answers }
  const answerTo = (name: string, input: unknown, signal: AbortSignal): unknown => {
    const answer = all[name]
    if (!answer) throw new Error(`The test gives no answer to ${name}.`)
    if (!name.endsWith('.watch')) calls.push({ path: name, input })
    return answer(input as never, signal)
  }
  // A promise either way, so that an answer that throws rejects.
  const call: Link['call'] = (path, input, { signal = new AbortController().signal }) =>
    new Promise((resolve) => resolve(answerTo(path.join('.'), input, signal)))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:any(.*)', component: { template: '' } }],
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const wrapper = mount(component as Component, {
    props,
    attachTo: document.body,
    global: {
      plugins: [(app: App) => provideApi(app, { state: ref('open'), call }), pinia, router, words],
    },
  })
  await flushPromises()
  return {
    unmount: () => wrapper.unmount(),
    router,
    calls,
    text: () => document.body.textContent,
    settle: untilStill,
  }
}

/** The field with this label, in the page or in a dialog. */
export function fieldOf(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll('label')].find((each) => each.textContent === label)
  const input = document.getElementById(found?.htmlFor ?? '')
  if (!(input instanceof HTMLInputElement)) throw new Error(`There is no field "${label}".`)
  return input
}

/** The button with these words, in the page or in a dialog. */
export function buttonOf(label: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(
    (each) => each.textContent.trim() === label,
  )
  if (!found) throw new Error(`There is no button "${label}".`)
  return found
}

export async function typeInto(page: Page, input: HTMLInputElement, value: string): Promise<void> {
  input.value = value
  input.dispatchEvent(new Event('input'))
  await page.settle()
}

export async function submitForm(page: Page): Promise<void> {
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await page.settle()
}

/** The most frames that a page may go on changing. */
const mostFrames = 200
/** A page that looks the same for so many frames has drawn all that it was told. */
const stillFrames = 3

/** Resolves when the page has stopped changing: streams, dialogs and virtual lists take several turns. */
async function untilStill(): Promise<void> {
  let still = 0
  let before = ''
  for (let frame = 0; frame < mostFrames && still < stillFrames; frame += 1) {
    await flushPromises()
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const now = document.body.innerHTML
    still = now === before ? still + 1 : 0
    before = now
  }
  // Vue ignores an event of the same millisecond in which its listener was attached.
  for (const drawnAt = Date.now(); Date.now() === drawnAt;) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}
