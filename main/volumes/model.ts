import { setTimeout as delay } from 'node:timers/promises'
import type { Container } from '../../preload/contract/containers'
import type { Volume, VolumeSize } from '../../preload/contract/volumes'
import type { EngineEvent } from '../engines/dialect/dialect'
import type { EngineLink } from '../engines/handshake'
import { LiveCollection } from '../live/collection'
import { Watcher } from '../live/watcher'
import { log } from '../log'
import { listVolumes } from './list'
import { usersByVolume, volumeFromList, type ListedVolume } from './summary'

/** How long volume events are collected before the volumes are listed again, milliseconds. */
const collectMillis = 100

/** Events of every start and end of a container: the volume stays what it is. */
const idleActions = new Set(['mount', 'unmount'])

/** The volumes of one engine: one list call per burst of events, for that of a prune names none. */
export class VolumesModel {
  readonly collection = new LiveCollection<Volume>()
  readonly #containers: () => Container[]
  readonly #events = new Watcher()
  /** By name. */
  readonly #sizes = new Map<string, VolumeSize>()
  #listed: ListedVolume[] = []
  #following: AbortController | null = null

  constructor(containers: () => Container[]) {
    this.#containers = containers
  }

  async synchronise(link: EngineLink, signal: AbortSignal): Promise<void> {
    this.lost()
    await this.#list(link, signal)
    this.#following = new AbortController()
    void this.#follow(link, this.#following.signal)
  }

  event(event: EngineEvent): void {
    if (event.type !== 'volume' || idleActions.has(event.action)) return
    // Another one may have its name before the next list.
    if (event.action === 'destroy') this.#sizes.delete(event.id)
    this.#events.notify()
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
    this.#following?.abort()
    this.#following = null
  }

  async #follow(link: EngineLink, signal: AbortSignal): Promise<void> {
    while (await this.#events.next(signal, collectMillis)) {
      try {
        await this.#list(link, signal)
      } catch (error) {
        if (signal.aborted) return
        log.warn({ error }, 'could not list the volumes')
        await delay(1_000, undefined, { signal }).catch(() => undefined)
        this.#events.notify()
      }
    }
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
