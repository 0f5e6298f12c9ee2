import type { Container } from '../../preload/contract/containers'
import type { Volume, VolumeSize } from '../../preload/contract/volumes'
import type { EngineEvent } from '../engines/dialect/dialect'
import type { EngineLink } from '../engines/handshake'
import { LiveCollection } from '../live/collection'
import { Relisting } from '../live/relisting'
import { listVolumes } from './list'
import { usersByVolume, volumeFromList, type ListedVolume } from './summary'

/** Events of every start and end of a container: the volume stays what it is. */
const idleActions = new Set(['mount', 'unmount'])

/** The volumes of one engine: one list call per burst of events, for that of a prune names none. */
export class VolumesModel {
  readonly collection = new LiveCollection<Volume>()
  readonly #containers: () => Container[]
  readonly #relisting = new Relisting('volumes')
  /** By name. */
  readonly #sizes = new Map<string, VolumeSize>()
  #listed: ListedVolume[] = []

  constructor(containers: () => Container[]) {
    this.#containers = containers
  }

  async synchronise(link: EngineLink, signal: AbortSignal): Promise<void> {
    await this.#relisting.start((listing) => this.#list(link, listing), signal)
  }

  event(event: EngineEvent): void {
    if (event.type !== 'volume' || idleActions.has(event.action)) return
    // Another one may have its name before the next list.
    if (event.action === 'destroy') this.#sizes.delete(event.id)
    this.#relisting.notify()
  }

  /** Who uses which volume may have changed. */
  containersChanged(): void {
    if (this.collection.filled) this.#publish()
  }

  /** A volume was measured. */
  measured(id: string, size: VolumeSize): void {
    const volume = this.collection.get(id)
    if (!volume) return
    this.#sizes.set(id, size)
    this.collection.upsert({ ...volume, size })
  }

  lost(): void {
    this.#relisting.stop()
  }

  async #list(link: EngineLink, signal: AbortSignal): Promise<void> {
    this.#listed = await listVolumes(link, signal)
    const names = new Set(this.#listed.map(({ Name }) => Name))
    for (const name of this.#sizes.keys()) if (!names.has(name)) this.#sizes.delete(name)
    this.#publish()
  }

  #publish(): void {
    const users = usersByVolume(this.#containers())
    this.collection.replace(
      this.#listed.map((listed) =>
        volumeFromList(listed, {
          usedBy: users.get(listed.Name) ?? [],
          size: this.#sizes.get(listed.Name) ?? null,
        }),
      ),
    )
  }
}
