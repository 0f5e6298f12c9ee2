import type { CollectionMessage } from '../../preload/contract/base'
import type { Container } from '../../preload/contract/containers'
import type { Network } from '../../preload/contract/networks'
import { composeProjectOf } from '../containers/summary'
import type { EngineEvent } from '../engines/dialect/dialect'
import type { ListedNetwork } from '../engines/dialect/networks'
import type { EngineLink } from '../engines/handshake'
import { LiveCollection } from '../live/collection'
import { Relisting } from '../live/relisting'
import type { Attachments } from './attachments'
import { listNetworks } from './list'
import { membersByNetwork } from './members'

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
  readonly #relisting = new Relisting('networks')
  #listed: ListedNetwork[] = []
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
      if (!this.#tellsChanges) this.#relisting.notify()
    }, lookMillis)
    this.look()
    try {
      yield* this.#collection.watch(signal)
    } finally {
      clearInterval(clock)
    }
  }

  async synchronise(link: EngineLink, signal: AbortSignal): Promise<void> {
    this.#tellsChanges = link.dialect.networks.tellsChanges
    await this.#relisting.start((listing) => this.#list(link, listing), signal)
  }

  event(event: EngineEvent): void {
    if (event.type === 'network' && !memberActions.has(event.action)) this.#relisting.notify()
    // The first container of a project may have been made with a network that nobody told of.
    else if (event.type === 'container' && event.action === 'create') this.look()
  }

  /** Lists anew where the engine tells of no changes. */
  look(): void {
    if (!this.#tellsChanges) this.#relisting.notify()
  }

  /** Who is on which network may have changed. */
  containersChanged(): void {
    if (this.#collection.filled) this.#publish()
  }

  lost(): void {
    this.#relisting.stop()
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
        composeProject: composeProjectOf(listed.labels),
        members: members.get(listed.id) ?? [],
      })),
    )
  }
}
