import { setTimeout as delay } from 'node:timers/promises'
import type { ImageInfo } from 'dockerode'
import type { Container } from '../../preload/contract/containers'
import type { Image } from '../../preload/contract/images'
import type { EngineEvent } from '../engines/dialect/dialect'
import type { EngineLink } from '../engines/handshake'
import { isHelper } from '../files/helperLabel'
import { LiveCollection } from '../live/collection'
import { Watcher } from '../live/watcher'
import { log } from '../log'
import { imageFromList, usersByImage } from './summary'

/**
 * How long image events are collected before the images are listed again, milliseconds: an event
 * names an image in many ways (id, name, digest), and one list costs less than guessing right.
 */
const collectMillis = 100

/** The images of one engine, without our own helpers': one list call per burst of image events. */
export class ImagesModel {
  readonly collection = new LiveCollection<Image>()
  readonly #containers: () => Container[]
  readonly #events = new Watcher()
  #listed: ImageInfo[] = []
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
    if (event.type === 'image') this.#events.notify()
  }

  /** Who uses which image may have changed. */
  containersChanged(): void {
    if (this.collection.filled) this.#publish()
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
        log.warn({ error }, 'could not list the images')
        await delay(1_000, undefined, { signal }).catch(() => undefined)
        this.#events.notify()
      }
    }
  }

  async #list(link: EngineLink, signal: AbortSignal): Promise<void> {
    const listed = await link.client.call(
      (docker, abortSignal) => docker.listImages({ abortSignal }),
      { signal },
    )
    this.#listed = listed.filter(({ Labels }) => !isHelper(Labels))
    this.#publish()
  }

  #publish(): void {
    const users = usersByImage(this.#containers())
    this.collection.replace(this.#listed.map((info) => imageFromList(info, users)))
  }
}
