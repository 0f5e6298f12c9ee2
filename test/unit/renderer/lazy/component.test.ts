import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h, ref, type Component } from 'vue'
import { lazyComponent, lazyPage } from '../../../../renderer/lazy/lazyComponent'
import { linkKey, type LinkState } from '../../../../renderer/link'
import { words } from '../../../../renderer/words'

const Greeting = defineComponent({
  props: { name: { type: String, required: true } },
  emits: ['greeted'],
  setup: (props, { emit, slots }) => {
    emit('greeted')
    return () => h('p', [`Hello ${props.name}`, slots.default?.()])
  },
})

/** The file of a component that cannot be had until it is `there`. */
function file({ there = true } = {}) {
  const state = { there, asked: 0 }
  const load = (): Promise<{ default: Component }> => {
    state.asked++
    return state.there
      ? Promise.resolve({ default: Greeting })
      : Promise.reject(new TypeError('Failed to fetch'))
  }
  return { state, load }
}

const link = ref<LinkState>('open')

function show(component: Component, onGreeted = () => {}) {
  return mount(
    defineComponent(() => () => h(component, { name: 'you', onGreeted }, { default: () => '!' })),
    { global: { plugins: [words], provide: { [linkKey as symbol]: link } } },
  )
}

beforeEach(() => {
  vi.useFakeTimers()
  link.value = 'open'
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  document.head.innerHTML = ''
})

describe('a lazy component', () => {
  test('takes what the component takes, once it is there', async () => {
    const onGreeted = vi.fn()
    const { state, load } = file()
    const shown = show(lazyComponent(load), onGreeted)
    expect(shown.text()).not.toContain('Hello')
    await flushPromises()
    expect(shown.text()).toBe('Hello you!')
    expect(onGreeted).toHaveBeenCalledTimes(1)
    expect(state.asked).toBe(1)
  })

  test('that was loaded before stands at once', async () => {
    const component = lazyComponent(file().load)
    show(component)
    await flushPromises()
    expect(show(component).text()).toBe('Hello you!')
  })

  test('shows that it is loading only when that takes a while', async () => {
    const shown = show(lazyComponent(file({ there: false }).load))
    expect(shown.find('.invisible [role=status]').exists()).toBe(true)
    await vi.advanceTimersByTimeAsync(300)
    expect(shown.find('.invisible').exists()).toBe(false)
    expect(shown.get('[role=status]').text()).toBe('Loading…')
  })

  test('that cannot be had says so, and is tried again by a click', async () => {
    const { state, load } = file({ there: false })
    const shown = show(lazyComponent(load))
    await vi.runAllTimersAsync()
    expect(shown.get('[role=alert]').text()).toContain('could not be loaded')
    state.there = true
    await shown.get('button').trigger('click')
    await flushPromises()
    expect(shown.text()).toBe('Hello you!')
  })

  test('that is a dialog can be closed although it cannot be had', async () => {
    const open = ref(true)
    const dialog = lazyComponent(file({ there: false }).load, 'dialog')
    const close = (value: boolean) => (open.value = value)
    const shown = mount(
      defineComponent(() => () => h(dialog, { open: open.value, 'onUpdate:open': close })),
      { global: { plugins: [words], provide: { [linkKey as symbol]: link } } },
    )
    await vi.runAllTimersAsync()
    await shown.findAll('button')[1]?.trigger('click')
    expect(open.value).toBe(false)
    expect(shown.text()).toBe('')
  })

  test('is tried again by itself when main is back', async () => {
    link.value = 'lost'
    const { state, load } = file({ there: false })
    const shown = show(lazyComponent(load))
    await vi.runAllTimersAsync()
    expect(shown.find('[role=alert]').exists()).toBe(true)
    state.there = true
    link.value = 'open'
    await flushPromises()
    expect(shown.text()).toBe('Hello you!')
  })

  test('that is gone because of an update asks for the page to be loaded anew', async () => {
    const script = document.createElement('script')
    // Of no type that happy-dom would load.
    script.setAttribute('type', 'module')
    script.setAttribute('src', './assets/begin-old.js')
    document.head.innerHTML = script.outerHTML
    vi.stubGlobal('fetch', () =>
      Promise.resolve(new Response('<script type="module" src="./assets/begin-new.js"></script>')),
    )
    const shown = show(lazyComponent(file({ there: false }).load))
    await vi.runAllTimersAsync()
    expect(shown.get('[role=alert]').text()).toContain('Longshore was updated')
    expect(shown.get('button').text()).toBe('Load the page anew')
  })
})

describe('a lazy page', () => {
  test('is what the router waits for', async () => {
    await expect(lazyPage(file().load)()).resolves.toBe(Greeting)
  })

  test('begins with a spinner when it does not come soon', async () => {
    const { state, load } = file({ there: false })
    const coming = lazyPage(load)()
    await vi.advanceTimersByTimeAsync(400)
    const shown = show(await coming)
    expect(shown.get('main').text()).toBe('Loading…')
    state.there = true
    await vi.runAllTimersAsync()
    expect(shown.text()).toBe('Hello you!')
  })
})
