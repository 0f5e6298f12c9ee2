import { ContainersModel } from '../containers/model'
import { ImagesModel } from '../images/model'
import { EngineStats } from '../stats/engineStats'
import { Connection } from './connection'
import type { Endpoint } from './endpoint'

/** One engine and everything that Longshore keeps about it. */
export class Session {
  readonly connection: Connection
  readonly containers: ContainersModel
  readonly images: ImagesModel
  readonly stats: EngineStats

  /** `changed` is called whenever the engine's state or facts change. */
  constructor(endpoint: Endpoint, foundBy: string, changed: () => void) {
    this.images = new ImagesModel(() => this.containers.collection.values())
    this.containers = new ContainersModel(() => {
      this.images.containersChanged()
      this.stats.setContainers(this.containers.toSample())
    })
    this.connection = new Connection(endpoint, foundBy, {
      synchronise: async (link, signal) => {
        this.stats.connected(link)
        await Promise.all([
          this.containers.synchronise(link, signal),
          this.images.synchronise(link, signal),
        ])
      },
      event: (event) => {
        this.containers.event(event)
        this.images.event(event)
      },
      lost: () => {
        this.containers.lost()
        this.images.lost()
      },
      changed,
    })
    this.stats = new EngineStats((statsSource) => this.connection.describe({ statsSource }))
  }

  start(): void {
    this.connection.start()
  }

  async close(): Promise<void> {
    await this.connection.close()
    this.stats.close()
  }
}
