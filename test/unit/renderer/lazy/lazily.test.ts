import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lazily } from '../../../../renderer/lazy/lazily'
import { declarePart, knownParts } from '../../../../renderer/lazy/part'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** An import that cannot be had `times` times. */
function dropped(times: number) {
  return vi.fn(() =>
    times-- > 0 ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve('there'),
  )
}

describe('what is loaded lazily', () => {
  test('is there at once when nothing goes wrong', async () => {
    const load = dropped(0)
    await expect(lazily(load)).resolves.toBe('there')
    expect(load).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is asked for again while its loads are dropped', async () => {
    const load = dropped(3)
    const loading = lazily(load)
    await vi.runAllTimersAsync()
    await expect(loading).resolves.toBe('there')
    expect(load).toHaveBeenCalledTimes(4)
  })

  test('is given up in the end, with what was wrong', async () => {
    const load = dropped(Infinity)
    const loading = expect(lazily(load)).rejects.toThrow('Failed to fetch')
    await vi.runAllTimersAsync()
    await loading
    expect(load).toHaveBeenCalledTimes(5)
  })
})

describe('a part', () => {
  test('is loaded once, however many want it', async () => {
    const load = dropped(1)
    const part = declarePart(load)
    expect(part.loaded.value).toBeNull()
    const wanted = Promise.all([part.load(), part.load()])
    await vi.runAllTimersAsync()
    await expect(wanted).resolves.toEqual(['there', 'there'])
    await expect(part.load()).resolves.toBe('there')
    expect(part.loaded.value).toBe('there')
    expect(load).toHaveBeenCalledTimes(2)
  })

  test('that could not be loaded is loaded when it is wanted again', async () => {
    const load = dropped(5)
    const part = declarePart(load)
    const first = expect(part.load()).rejects.toThrow('Failed to fetch')
    await vi.runAllTimersAsync()
    await first
    expect(part.loaded.value).toBeNull()
    await expect(part.load()).resolves.toBe('there')
  })

  test('is known from when it is declared', () => {
    const part = declarePart(dropped(0))
    expect(knownParts).toContain(part)
  })
})
