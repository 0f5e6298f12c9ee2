import { describe, expect, test } from 'vitest'
import { Relisting } from '../../../main/live/relisting'

describe('things that are listed anew when they change', () => {
  test('one list for a burst of changes, and none after the end', async () => {
    const relisting = new Relisting('things')
    const listed = new EventTarget()
    const next = () =>
      new Promise<void>((resolve) => {
        listed.addEventListener('list', () => resolve(), { once: true })
      })
    let lists = 0
    let following: AbortSignal | null = null
    await relisting.start((signal) => {
      lists += 1
      following = signal
      listed.dispatchEvent(new Event('list'))
      return Promise.resolve()
    }, new AbortController().signal)
    expect(lists).toBe(1)

    const burst = next()
    for (let change = 0; change < 1_000; change += 1) relisting.notify()
    await burst
    expect(lists).toBe(2)

    relisting.stop()
    expect(following).toHaveProperty('aborted', true)
  })

  test('a first list that fails is the failure of the start', async () => {
    const relisting = new Relisting('things')
    const start = relisting.start(
      () => Promise.reject(new Error('no engine')),
      new AbortController().signal,
    )
    await expect(start).rejects.toThrow('no engine')
  })
})
