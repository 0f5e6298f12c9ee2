import { setTimeout as delay } from 'node:timers/promises'
import type { Api } from '../../../preload/contract'
import { applyMessage } from '../../../preload/contract/base'
import type { Container } from '../../../preload/contract/containers'
import type { Engine } from '../../../preload/contract/engines'
import { Watcher } from '../../live/watcher'
import { log } from '../../log'

/** A connected engine and what it has, once it has been listed. */
export interface EngineContainers {
  engineId: string
  name: string
  containers: Container[]
}

/** How long changes are collected: nobody reads a tray's menu faster. */
const coalesceMillis = 250
/** Before a stream that broke is asked for again. */
const againMillis = 2_000

interface Followed {
  name: string
  /** Null until the first snapshot. */
  containers: ReadonlyMap<string, Container> | null
  stop: AbortController
}

/**
 * Tells the containers of all connected engines, at once and whenever they change, until `signal`
 * aborts. What an engine had is forgotten when its connection goes.
 */
export async function followContainers(
  api: Pick<Api, 'engines' | 'containers'>,
  tell: (engines: EngineContainers[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const followed = new Map<string, Followed>()
  const watcher = new Watcher()

  function forget(id: string): void {
    followed.get(id)?.stop.abort()
    followed.delete(id)
    watcher.notify()
  }

  function follow({ id, name }: Engine): void {
    const before = followed.get(id)
    if (before) {
      if (before.name !== name) watcher.notify()
      before.name = name
      return
    }
    const entry: Followed = { name, containers: null, stop: new AbortController() }
    followed.set(id, entry)
    const link = AbortSignal.any([signal, entry.stop.signal])
    void repeat('containers', link, async () => {
      const messages = await api.containers.watch({ engineId: id }, { signal: link })
      for await (const message of messages) {
        entry.containers = applyMessage(entry.containers ?? new Map<string, Container>(), message)
        watcher.notify()
      }
    })
  }

  void repeat('engines', signal, async () => {
    for await (const { engines } of await api.engines.watch(undefined, { signal })) {
      const connected = engines.filter(({ state }) => state === 'connected')
      const ids = new Set(connected.map(({ id }) => id))
      for (const id of [...followed.keys()]) if (!ids.has(id)) forget(id)
      connected.forEach(follow)
    }
  })

  watcher.notify()
  while (await watcher.next(signal, coalesceMillis)) {
    tell(
      [...followed].flatMap(([engineId, { name, containers }]) =>
        containers ? [{ engineId, name, containers: [...containers.values()] }] : [],
      ),
    )
  }
}

/** A stream is followed again when it ends or breaks, until nobody wants it. */
async function repeat(what: string, signal: AbortSignal, follow: () => Promise<void>) {
  const wanted = () => !signal.aborted
  while (wanted()) {
    try {
      await follow()
    } catch (error) {
      if (wanted()) log.warn({ error }, `the tray does not hear of ${what}`)
    }
    await delay(againMillis, undefined, { signal }).catch(() => undefined)
  }
}
