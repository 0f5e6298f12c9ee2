import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, effectScope, nextTick, ref, type EffectScope, type Ref } from 'vue'
import type { CollectionMessage } from '../../../preload/contract/base'
import { linkKey, type LinkState } from '../../../renderer/link'
import { applyMessage } from '../../../preload/contract/base'
import { useLiveCollection, useLiveStream } from '../../../renderer/live'

interface Item {
  id: string
  name: string
}

/** A stream of the API that the test holds the other end of. */
function createStream<Message>(signal: AbortSignal) {
  const queue: Message[] = []
  let wake = () => {}
  let failure: Error | null = null
  let ended = false
  signal.addEventListener('abort', () => wake())
  const iterator: AsyncIterator<Message> = {
    async next() {
      for (;;) {
        const message = queue.shift()
        if (message !== undefined) return { done: false, value: message }
        if (failure) throw failure
        if (signal.aborted) throw new DOMException('aborted', 'AbortError')
        if (ended) return { done: true, value: undefined }
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
  const settle = async () => {
    wake()
    await vi.advanceTimersByTimeAsync(0)
  }
  return {
    signal,
    iterator,
    send: (message: Message) => (queue.push(message), settle()),
    fail: (error: Error) => ((failure = error), settle()),
    end: () => ((ended = true), settle()),
  }
}

let link: Ref<LinkState>
let scope: EffectScope

/** Runs a composable as a component's set-up would, with the link provided. */
function inScope<Result>(run: () => Result): Result {
  const app = createApp({})
  app.provide(linkKey, link)
  const result = scope.run(() => app.runWithContext(run))
  if (result === undefined) throw new Error('The scope has ended.')
  return result
}

beforeEach(() => {
  vi.useFakeTimers()
  link = ref('open')
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

describe('a live collection', () => {
  type Message = CollectionMessage<Item>

  function collect(of?: Ref<string | null>) {
    const streams: ReturnType<typeof createStream<Message>>[] = []
    const asked: string[] = []
    const collection = inScope(() =>
      useLiveCollection<Item>((signal, about) => {
        const stream = createStream<Message>(signal)
        streams.push(stream)
        asked.push(about)
        return Promise.resolve(stream.iterator)
      }, of),
    )
    const names = () => [...collection.items.value.values()].map(({ name }) => name)
    const stream = (index: number) => {
      const found = streams[index]
      if (!found) throw new Error(`There is no stream ${index}.`)
      return found
    }
    return { collection, streams, stream, asked, names }
  }

  it('takes the snapshot, then patches, and leaves what did not change as it is', async () => {
    const { collection, stream, names } = collect()
    const kept = { id: '1', name: 'one' }
    await stream(0).send({ kind: 'snapshot', items: [kept, { id: '2', name: 'two' }] })
    expect(collection.loaded.value).toBe(true)
    await stream(0).send({ kind: 'patch', upsert: [{ id: '3', name: 'three' }], remove: ['2'] })
    expect(names()).toEqual(['one', 'three'])
    expect(collection.items.value.get('1')).toBe(kept)
  })

  it('keeps its items while the link is lost, and asks again when it is back', async () => {
    const { collection, streams, stream, names } = collect()
    await stream(0).send({ kind: 'snapshot', items: [{ id: '1', name: 'one' }] })
    link.value = 'lost'
    await stream(0).fail(new Error('closed'))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(streams).toHaveLength(1)
    expect(names()).toEqual(['one'])
    expect(collection.problem.value).toBeNull()

    link.value = 'open'
    await vi.advanceTimersByTimeAsync(0)
    await stream(1).send({ kind: 'snapshot', items: [{ id: '1', name: 'uno' }] })
    expect(names()).toEqual(['uno'])
  })

  it('tells why nothing comes, tries again, and forgets it when something comes', async () => {
    const { collection, streams, stream } = collect()
    await stream(0).fail(new Error('The engine does not answer.'))
    expect(collection.problem.value?.message).toBe('The engine does not answer.')
    await vi.advanceTimersByTimeAsync(300)
    expect(streams).toHaveLength(2)
    await stream(1).send({ kind: 'snapshot', items: [] })
    expect(collection.problem.value).toBeNull()
  })

  it('takes a stream that main itself ended for no problem', async () => {
    const { collection, streams, stream } = collect()
    await stream(0).fail(new DOMException('aborted', 'AbortError'))
    expect(collection.problem.value).toBeNull()
    await vi.advanceTimersByTimeAsync(300)
    expect(streams).toHaveLength(2)
  })

  it('begins again, empty, when it is about another engine', async () => {
    const engine = ref<string | null>(null)
    const { collection, streams, stream, asked, names } = collect(engine)
    expect(streams).toHaveLength(0)
    engine.value = 'docker'
    await stream(0).send({ kind: 'snapshot', items: [{ id: '1', name: 'one' }] })
    engine.value = 'podman'
    expect(stream(0).signal.aborted).toBe(true)
    expect(names()).toEqual([])
    expect(collection.loaded.value).toBe(false)
    await nextTick()
    expect(asked).toEqual(['docker', 'podman'])
  })

  it('ends its stream with its scope', async () => {
    const { streams, stream } = collect()
    await stream(0).send({ kind: 'snapshot', items: [] })
    scope.stop()
    expect(stream(0).signal.aborted).toBe(true)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(streams).toHaveLength(1)
  })

  it('waits longer after every failure, up to about five seconds', async () => {
    const { streams, stream } = collect()
    for (let count = 0; count < 6; count++) {
      await stream(count).fail(new Error('no'))
      await vi.advanceTimersByTimeAsync(6_000)
    }
    await stream(6).fail(new Error('no'))
    await vi.advanceTimersByTimeAsync(4_000)
    expect(streams).toHaveLength(7)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(streams).toHaveLength(8)
  })
})

describe('a finite stream', () => {
  it('is at its end when main ends it, and does not begin again', async () => {
    const streams: ReturnType<typeof createStream<string>>[] = []
    const received: string[] = []
    const { ended } = inScope(() =>
      useLiveStream<string>({
        subscribe(signal) {
          const stream = createStream<string>(signal)
          streams.push(stream)
          return Promise.resolve(stream.iterator)
        },
        receive: (message) => received.push(message),
        finite: true,
      }),
    )
    await streams[0]?.send('line')
    await streams[0]?.end()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(received).toEqual(['line'])
    expect(ended.value).toBe(true)
    expect(streams).toHaveLength(1)
  })
})

describe('applyMessage', () => {
  it('replaces everything with a snapshot and leaves the map before as it was', () => {
    const before = new Map([['1', { id: '1', name: 'one' }]])
    const after = applyMessage(before, { kind: 'snapshot', items: [{ id: '2', name: 'two' }] })
    expect([...after.keys()]).toEqual(['2'])
    expect([...before.keys()]).toEqual(['1'])
  })
})
