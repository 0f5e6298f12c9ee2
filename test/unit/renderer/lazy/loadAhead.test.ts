import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ref } from 'vue'
import { loadAhead } from '../../../../renderer/lazy/loadAhead'
import { declarePart } from '../../../../renderer/lazy/part'
import type { LinkState } from '../../../../renderer/link'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const idle = () => Promise.resolve()

test('loads every part one after the other, and those that these declare', async () => {
  const order: string[] = []
  const part = (name: string, then = () => {}) =>
    declarePart(() => {
      order.push(name)
      then()
      return Promise.resolve(name)
    })
  part('details', () => part('charts'))
  part('dialog')
  const ahead = loadAhead(ref<LinkState>('open'), idle)
  await vi.runAllTimersAsync()
  await ahead
  expect(order).toEqual(['details', 'dialog', 'charts'])
})

test('waits while main cannot be reached, and until the page has nothing to do', async () => {
  const load = vi.fn(() => Promise.resolve(1))
  declarePart(load)
  const link = ref<LinkState>('connecting')
  let becomeIdle = () => {}
  const ahead = loadAhead(link, () => new Promise((resolve) => (becomeIdle = resolve)))
  await vi.runAllTimersAsync()
  link.value = 'open'
  await vi.runAllTimersAsync()
  expect(load).not.toHaveBeenCalled()
  becomeIdle()
  await flushPromises()
  await ahead
  expect(load).toHaveBeenCalledTimes(1)
})

test('leaves what cannot be had until it is wanted', async () => {
  const gone = declarePart(() => Promise.reject(new TypeError('Failed to fetch')))
  const there = declarePart(() => Promise.resolve('there'))
  const ahead = loadAhead(ref<LinkState>('open'), idle)
  await vi.runAllTimersAsync()
  await ahead
  expect(gone.loaded.value).toBeNull()
  expect(there.loaded.value).toBe('there')
})
