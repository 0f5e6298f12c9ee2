import { isDeepStrictEqual } from 'node:util'
import type { CollectionMessage } from '../../preload/contract/base'
import { Watcher } from './watcher'

interface Subscription {
  watcher: Watcher
  /** Ids changed since the last message: bounded by the number of items, whatever the burst. */
  changed: Set<string>
}

/**
 * Items by id, and everyone who watches them. A watcher gets a snapshot once the first `replace` has
 * filled the collection, then patches: one per tick however many changes came.
 */
export class LiveCollection<Item extends { id: string }> {
  #items: Map<string, Item> | null = null
  readonly #subscriptions = new Set<Subscription>()
  readonly #watchers = new Set<Watcher>()
  readonly #coalesceMillis: number

  constructor(options: { coalesceMillis?: number } = {}) {
    this.#coalesceMillis = options.coalesceMillis ?? 30
  }

  get(id: string): Item | undefined {
    return this.#items?.get(id)
  }

  values(): Item[] {
    return [...(this.#items?.values() ?? [])]
  }

  /** False until the first `replace`. */
  get filled(): boolean {
    return this.#items !== null
  }

  /** Notifies `watcher` of every change until the returned function is called. */
  attach(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  get watcherCount(): number {
    return this.#subscriptions.size + this.#watchers.size
  }

  /** Makes the collection hold exactly `items`; watchers hear of the differences only. */
  replace(items: Iterable<Item>): void {
    const next = new Map<string, Item>()
    for (const item of items) next.set(item.id, item)
    const before = this.#items
    this.#items = next
    if (before === null) {
      for (const { watcher } of this.#subscriptions) watcher.notify()
      for (const watcher of this.#watchers) watcher.notify()
      return
    }
    for (const id of before.keys()) if (!next.has(id)) this.#touch(id)
    for (const [id, item] of next) {
      const old = before.get(id)
      if (old !== undefined && isDeepStrictEqual(old, item)) next.set(id, old)
      else this.#touch(id)
    }
  }

  /** Adds or replaces one item; nothing happens where it is equal to what is there. */
  upsert(item: Item): void {
    this.#items ??= new Map()
    if (isDeepStrictEqual(this.#items.get(item.id), item)) return
    this.#items.set(item.id, item)
    this.#touch(item.id)
  }

  remove(id: string): void {
    if (this.#items?.delete(id)) this.#touch(id)
  }

  async *watch(signal: AbortSignal): AsyncGenerator<CollectionMessage<Item>, void, undefined> {
    const subscription: Subscription = { watcher: new Watcher(), changed: new Set() }
    this.#subscriptions.add(subscription)
    try {
      while (this.#items === null) {
        if (!(await subscription.watcher.next(signal, 0))) return
      }
      subscription.changed.clear()
      yield { kind: 'snapshot', items: this.values() }
      while (await subscription.watcher.next(signal, this.#coalesceMillis)) {
        const patch = this.#patch(subscription.changed)
        subscription.changed.clear()
        if (patch.upsert.length + patch.remove.length > 0) yield { kind: 'patch', ...patch }
      }
    } finally {
      this.#subscriptions.delete(subscription)
    }
  }

  #patch(changed: Set<string>): { upsert: Item[]; remove: string[] } {
    const upsert: Item[] = []
    const remove: string[] = []
    for (const id of changed) {
      const item = this.#items?.get(id)
      if (item) upsert.push(item)
      else remove.push(id)
    }
    return { upsert, remove }
  }

  #touch(id: string): void {
    for (const { watcher, changed } of this.#subscriptions) {
      changed.add(id)
      watcher.notify()
    }
    for (const watcher of this.#watchers) watcher.notify()
  }
}
