import { onTestFinished } from 'vitest'
import type { Api } from '../../preload/contract'
import { applyMessage, type CollectionMessage } from '../../preload/contract/base'

/** The ids of what is in the lists; containers with whether they run. */
export interface Listed {
  containers: string[]
  images: string[]
  networks: string[]
  volumes: string[]
}

export interface LiveLists {
  now(): Listed
  /** When what `now` tells changed last, by the wall clock. */
  changedAt(): number
}

/** The lists of one engine as pages have them: by streams that are opened once, until the test ends. */
export function watchLists(api: Api, engineId: string): LiveLists {
  const leaving = new AbortController()
  const { signal } = leaving
  let [changedAt, last] = [0, '']
  const at = { engineId }
  const lists = {
    containers: follow(api.containers.watch(at, { signal })),
    images: follow(api.images.watch(at, { signal })),
    networks: follow(api.networks.watch(at, { signal })),
    volumes: follow(api.volumes.watch(at, { signal })),
  }
  onTestFinished(async () => {
    leaving.abort()
    await Promise.all(Object.values(lists).map(({ over }) => over))
  })
  const now = (): Listed => ({
    containers: [...lists.containers.items.values()]
      .map(({ id, state }) => containerLine(id, state))
      .sort(),
    images: [...lists.images.items.keys()].map(withoutAlgorithm).sort(),
    networks: [...lists.networks.items.keys()].sort(),
    volumes: [...lists.volumes.items.keys()].sort(),
  })
  return { now, changedAt: () => changedAt }

  function follow<Item extends { id: string }>(
    stream: Promise<AsyncIterable<CollectionMessage<Item>>>,
  ) {
    const list = { items: new Map() as ReadonlyMap<string, Item>, over: Promise.resolve() }
    list.over = (async () => {
      for await (const message of await stream) {
        list.items = applyMessage(list.items, message)
        const told = JSON.stringify(now())
        if (told !== last) changedAt = Date.now()
        last = told
      }
    })().catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
    return list
  }
}

export function containerLine(id: string, state: string): string {
  return `${id} ${state === 'running' ? 'runs' : 'rests'}`
}

export function withoutAlgorithm(id: string): string {
  return id.replace(/^sha256:/, '')
}
