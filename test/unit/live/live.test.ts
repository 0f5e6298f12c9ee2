import { describe, expect, test } from 'vitest'
import type { CollectionMessage } from '../../../preload/contract/base'
import { LiveCollection } from '../../../main/live/collection'
import { KeyedQueue } from '../../../main/live/keyedQueue'
import { LiveValue } from '../../../main/live/value'

interface Item {
  id: string
  n: number
}

const item = (id: string, n = 0): Item => ({ id, n })

describe('a live collection', () => {
  function watch(collection: LiveCollection<Item>) {
    const abort = new AbortController()
    const stream = collection.watch(abort.signal)
    return {
      next: async (): Promise<CollectionMessage<Item> | undefined> =>
        (await stream.next()).value ?? undefined,
      end: () => abort.abort(),
      stream,
    }
  }

  test('says nothing until it was filled, then everything at once', async () => {
    const collection = new LiveCollection<Item>()
    const { next } = watch(collection)
    const first = next()
    collection.replace([item('a'), item('b')])
    expect(await first).toEqual({ kind: 'snapshot', items: [item('a'), item('b')] })
  })

  test('a thousand changes of one tick travel as one patch with the last of each', async () => {
    const collection = new LiveCollection<Item>()
    collection.replace([item('a'), item('b')])
    const { next } = watch(collection)
    await next()
    const patch = next()
    for (let n = 1; n <= 1_000; n += 1) collection.upsert(item('a', n))
    collection.remove('b')
    expect(await patch).toEqual({ kind: 'patch', upsert: [item('a', 1_000)], remove: ['b'] })
  })

  test('replacing tells differences only, and equal items nothing', async () => {
    const collection = new LiveCollection<Item>()
    collection.replace([item('a', 1), item('b', 1)])
    const { next } = watch(collection)
    await next()
    const patch = next()
    collection.upsert(item('a', 1))
    collection.replace([item('a', 1), item('c', 1)])
    expect(await patch).toEqual({ kind: 'patch', upsert: [item('c', 1)], remove: ['b'] })
  })

  test('a watcher that leaves is forgotten', async () => {
    const collection = new LiveCollection<Item>()
    collection.replace([])
    const { next, end, stream } = watch(collection)
    await next()
    expect(collection.watcherCount).toBe(1)
    const last = stream.next()
    end()
    expect((await last).done).toBe(true)
    expect(collection.watcherCount).toBe(0)
  })

  test('a consumer that does not take for long misses nothing of the end state', async () => {
    const collection = new LiveCollection<Item>()
    collection.replace([])
    const { next } = watch(collection)
    await next()
    for (let n = 0; n < 100; n += 1) {
      collection.upsert(item(`x${n}`, n))
      if (n % 2 === 0) collection.remove(`x${n}`)
      await Promise.resolve()
    }
    const message = await next()
    expect(message?.kind === 'patch' && message.upsert).toHaveLength(50)
  })
})

test('a live value gives the present one, then the latest of each burst', async () => {
  const value = new LiveValue(1)
  const abort = new AbortController()
  const stream = value.watch(abort.signal)
  expect((await stream.next()).value).toBe(1)
  const latest = stream.next()
  value.value = 2
  value.value = 3
  expect((await latest).value).toBe(3)
  abort.abort()
  expect((await stream.next()).done).toBe(true)
  expect(value.watcherCount).toBe(0)
})

describe('a keyed queue', () => {
  test('works a few at a time, each key once, and again when it changed meanwhile', async () => {
    const ends: (() => void)[] = []
    const worked: string[] = []
    const queue = new KeyedQueue((key) => {
      worked.push(key)
      return new Promise((resolve) => ends.push(resolve))
    }, 2)
    for (const key of ['a', 'b', 'c', 'c', 'a']) queue.add(key)
    expect(worked).toEqual(['a', 'b'])
    ends[0]?.()
    await expect.poll(() => worked).toEqual(['a', 'b', 'c'])
    ends[1]?.()
    await expect.poll(() => worked).toEqual(['a', 'b', 'c', 'a'])
    ends[2]?.()
    ends[3]?.()
    await expect.poll(() => queue.size).toBe(0)
  })

  test('what waits can be forgotten', async () => {
    const worked: string[] = []
    const queue = new KeyedQueue((key) => {
      worked.push(key)
      return Promise.resolve()
    }, 1)
    queue.add('a')
    queue.add('b')
    queue.clear()
    await expect.poll(() => queue.size).toBe(0)
    expect(worked).toEqual(['a'])
  })
})
