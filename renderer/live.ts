import {
  onScopeDispose,
  readonly,
  ref,
  shallowReadonly,
  shallowRef,
  toValue,
  watch,
  type MaybeRefOrGetter,
  type Ref,
  type ShallowRef,
} from 'vue'
import { applyMessage, type CollectionMessage } from '../preload/contract/base'
import type { Problem } from '../preload/contract/errors'
import { backoffMillis, pause } from './backoff'
import { useLink } from './link'
import { toProblem } from './problems'

/** @param of What `of` gave when this stream began; empty without one. */
type Subscribe<Message> = (signal: AbortSignal, of: string) => Promise<AsyncIterator<Message>>

interface StreamOptions<Message> {
  subscribe: Subscribe<Message>
  receive(message: Message): void
  /** What the stream is about. When it changes, another stream begins; while it is null, none runs. */
  of?: MaybeRefOrGetter<string | null>
  /** Called before a stream about something else begins. */
  reset?(): void
  /** The stream may come to its end (a log); without this, one that ends begins again. */
  finite?: boolean
}

/**
 * A stream of the API that belongs to the current scope: leaving the page ends it. It begins again
 * after a failure, with back-off, and after the link to main was lost and is back.
 */
export function useLiveStream<Message>(options: StreamOptions<Message>): {
  /** Why nothing comes in. Null while the stream runs, and while only the link is lost. */
  problem: Readonly<ShallowRef<Problem | null>>
  /** A finite stream came to its end. */
  ended: Readonly<Ref<boolean>>
} {
  const link = useLink()
  const problem = shallowRef<Problem | null>(null)
  const ended = ref(false)
  let running = new AbortController()

  /** One subscription, from its beginning to its end. */
  async function receiveAll(signal: AbortSignal, of: string) {
    const messages = await options.subscribe(signal, of)
    for (;;) {
      const next = await messages.next()
      if (signal.aborted || next.done) return
      problem.value = null
      options.receive(next.value)
    }
  }

  async function follow(signal: AbortSignal, of: string) {
    const left = () => signal.aborted
    for (let failures = 0; !left(); failures++) {
      const began = Date.now()
      try {
        await receiveAll(signal, of)
        if (left()) return
        if (options.finite) {
          ended.value = true
          return
        }
      } catch (error) {
        if (left()) return
        const failure = toProblem(error)
        // What this side did not cancel was ended by main going away, which the link is about to tell.
        if (link.value === 'open' && failure.code !== 'cancelled') problem.value = failure
      }
      if (Date.now() - began > 10_000) failures = 0
      await pause(backoffMillis(failures), signal)
      await opened(signal)
    }
  }

  function opened(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const stop = watch(
        link,
        (state) => {
          if (state === 'open' || signal.aborted) finish()
        },
        { immediate: true, flush: 'sync' },
      )
      signal.addEventListener('abort', finish, { once: true })
      function finish() {
        signal.removeEventListener('abort', finish)
        queueMicrotask(() => stop())
        resolve()
      }
    })
  }

  watch(
    () => toValue(options.of),
    (of, before) => {
      running.abort()
      if (before !== undefined) options.reset?.()
      problem.value = null
      ended.value = false
      if (of === null) return
      running = new AbortController()
      void follow(running.signal, of ?? '')
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => running.abort())

  return { problem: shallowReadonly(problem), ended: readonly(ended) }
}

export interface LiveCollection<Item> {
  /** By id. A new map at every change; items that did not change keep their identity. */
  items: Readonly<ShallowRef<ReadonlyMap<string, Item>>>
  /** The first snapshot has come. */
  loaded: Readonly<Ref<boolean>>
  problem: Readonly<ShallowRef<Problem | null>>
}

/**
 * A live collection of the API, for as long as the current scope lives. After a lost link the items
 * stay and the next snapshot replaces them.
 *
 * @param of Whose collection it is, usually an engine's id: a change empties it and subscribes anew,
 *   null means that there is nothing to subscribe to.
 */
export function useLiveCollection<Item extends { id: string }>(
  subscribe: Subscribe<CollectionMessage<Item>>,
  of?: MaybeRefOrGetter<string | null>,
): LiveCollection<Item> {
  const items = shallowRef<ReadonlyMap<string, Item>>(new Map())
  const loaded = ref(false)

  const { problem } = useLiveStream({
    subscribe,
    ...(of !== undefined && { of }),
    receive(message) {
      items.value = applyMessage(items.value, message)
      if (message.kind === 'snapshot') loaded.value = true
    },
    reset() {
      items.value = new Map()
      loaded.value = false
    },
  })

  return { items, loaded: readonly(loaded), problem }
}
