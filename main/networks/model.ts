import { setTimeout as delay } from 'node:timers/promises'
import type { CollectionMessage } from '../../preload/contract/base'
import type { Container } from '../../preload/contract/containers'
import type { Network } from '../../preload/contract/networks'
import type { EngineEvent } from '../engines/dialect/dialect'
import type { ListedNetwork } from '../engines/dialect/networks'
import type { EngineLink } from '../engines/handshake'
import { LiveCollection } from '../live/collection'
import { Watcher } from '../live/watcher'
import { log } from '../log'
import type { Attachments } from './attachments'
import { listNetworks } from './list'
import { membersByNetwork } from './members'

/** How long network events are collected before the networks are listed again, milliseconds. */
const collectMillis = 100

/** How often an engine is asked that tells of no changes, while somebody looks, milliseconds. */
const lookMillis = 2_000

/** Who is connected is told by the containers. */
const memberActions = new Set(['connect', 'disconnect'])

interface ContainersSource {
  containers: () => Container[]
  attachments: () => Attachments[]
}

/** The networks of one engine: one list call per burst of events, for that of a prune names none. */
export class NetworksModel {
  readonly #collection = new LiveCollection<Network>()
  readonly #source: ContainersSource
  readonly #events = new Watcher()
  #listed: ListedNetwork[] = []
  #following: AbortController | null = null
  #tellsChanges = true

  constructor(source: ContainersSource) {
    this.#source = source
  }

  values(): Network[] {
    return this.#collection.values()
  }

  /** While it is watched, an engine that tells of no changes is asked by the clock. */
  async *watch(signal: AbortSignal): AsyncGenerator<CollectionMessage<Network>, void, undefined> {
    const clock = setInterval(() => {
      if (!this.#tellsChanges) this.#events.notify()
    }, lookMillis)
    this.look()
    try {
      yield* this.#collection.watch(signal)
    } finally {
      clearInterval(clock)
    }
  }

  async synchronise(link: EngineLink, signal: AbortSignal): Promise<void> {
    this.lost()
    this.#tellsChanges = link.dialect.networks.tellsChanges
    await this.#list(link, signal)
    this.#following = new AbortController()
    void this.#follow(link, this.#following.signal)
  }

  event(event: EngineEvent): void {
    if (event.type === 'network' && !memberActions.has(event.action)) this.#events.notify()
    // The first container of a project may have been made with a network that nobody told of.
    else if (event.type === 'container' && event.action === 'create') this.look()
  }

  /** Lists anew where the engine tells of no changes. */
  look(): void {
    if (!this.#tellsChanges) this.#events.notify()
  }

  /** Who is on which network may have changed. */
  containersChanged(): void {
    if (this.#collection.filled) this.#publish()
  }

  lost(): void {
    this.#following?.abort()
    this.#following = null
  }

  async #follow(link: EngineLink, signal: AbortSignal): Promise<void> {
    while (await this.#events.next(signal, collectMillis)) {
      try {
        await this.#list(link, signal)
      } catch (error) {
        if (signal.aborted) return
        log.warn({ error }, 'could not list the networks')
        await delay(1_000, undefined, { signal }).catch(() => undefined)
        this.#events.notify()
      }
    }
  }

  async #list(link: EngineLink, signal: AbortSignal): Promise<void> {
    this.#listed = await listNetworks(link, signal)
    this.#publish()
  }

  #publish(): void {
    const { containers, attachments } = this.#source
    const members = membersByNetwork(this.#listed, attachments(), containers())
    this.#collection.replace(
      this.#listed.map((listed) => ({
        ...listed,
        composeProject:
          listed.labels['com.docker.compose.project'] ??
          listed.labels['io.podman.compose.project'] ??
          null,
        members: members.get(listed.id) ?? [],
      })),
    )
  }
}
