import type { ImageInfo } from 'dockerode'
import type { Container } from '../../preload/contract/containers'
import type { Image } from '../../preload/contract/images'
import type { EngineEvent } from '../engines/dialect/dialect'
import type { EngineLink } from '../engines/handshake'
import { isHelperImage } from '../files/helperImage'
import { LiveCollection } from '../live/collection'
import { Relisting } from '../live/relisting'
import { imageFromList, usersByImage } from './summary'

/** The images of one engine, without our own helpers': one list call per burst of image events. */
export class ImagesModel {
  readonly collection = new LiveCollection<Image>()
  readonly #containers: () => Container[]
  readonly #relisting = new Relisting('images')
  #listed: ImageInfo[] = []

  constructor(containers: () => Container[]) {
    this.#containers = containers
  }

  async synchronise(link: EngineLink, signal: AbortSignal): Promise<void> {
    await this.#relisting.start((listing) => this.#list(link, listing), signal)
  }

  event(event: EngineEvent): void {
    if (event.type === 'image') this.#relisting.notify()
  }

  /** Who uses which image may have changed. */
  containersChanged(): void {
    if (this.collection.filled) this.#publish()
  }

  lost(): void {
    this.#relisting.stop()
  }

  async #list(link: EngineLink, signal: AbortSignal): Promise<void> {
    const listed = await link.client.call(
      (docker, abortSignal) => docker.listImages({ abortSignal }),
      { signal },
    )
    this.#listed = listed.filter((image) => !isHelperImage(image))
    this.#publish()
  }

  #publish(): void {
    const users = usersByImage(this.#containers())
    this.collection.replace(this.#listed.map((info) => imageFromList(info, users)))
  }
}
