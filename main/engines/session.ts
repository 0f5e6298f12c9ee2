import type { Container } from '../../preload/contract/containers'
import type { EngineSettings } from '../../preload/contract/engines'
import type { StatsTick } from '../../preload/contract/stats'
import { ContainersModel } from '../containers/model'
import { sweepHelpers } from '../files/volumeHelper'
import { ImagesModel } from '../images/model'
import { log } from '../log'
import { Watcher } from '../live/watcher'
import { NetworksModel } from '../networks/model'
import { EngineStats } from '../stats/engineStats'
import type { History } from '../stats/history/recorder'
import { VolumesModel } from '../volumes/model'
import { Connection, type ConnectionHandlers } from './connection'
import { DiskMeasuring } from './diskUsage/measure'
import { engineIdOf, type Endpoint } from './endpoint'
import type { OpenTransport } from './transport'

/** How long changes of containers are collected before images and statistics hear of them, milliseconds. */
const collectMillis = 30

export interface SessionOptions {
  endpoint: Endpoint
  foundBy: string
  /** Null for one that was found. */
  settings: EngineSettings | null
  openTransport: OpenTransport
  /** The memory of the statistics. */
  history: History
  statsListener: StatsListener
  /** Called whenever the engine's state or facts change. */
  changed: () => void
}

/** Told every tick of an engine's statistics, with the containers that the engine has then. */
export type StatsListener = (
  engineId: string,
  tick: StatsTick,
  containers: ReadonlyMap<string, Container>,
) => void

/** One engine and everything that Longshore keeps about it. */
export class Session {
  readonly connection: Connection
  readonly containers: ContainersModel
  readonly images: ImagesModel
  readonly networks: NetworksModel
  readonly volumes: VolumesModel
  readonly stats: EngineStats
  readonly diskMeasuring = new DiskMeasuring()
  readonly #closing = new AbortController()
  #containers: ReadonlyMap<string, Container> = new Map()

  constructor(options: SessionOptions) {
    const { endpoint, foundBy, settings, openTransport, history, statsListener, changed } = options
    const engineId = engineIdOf(endpoint)
    this.images = new ImagesModel(() => this.containers.collection.values())
    this.networks = new NetworksModel({
      containers: () => this.containers.collection.values(),
      attachments: () => this.containers.attachments.values(),
    })
    this.volumes = new VolumesModel(() => this.containers.collection.values())
    this.containers = new ContainersModel()
    const handlers: ConnectionHandlers = {
      synchronise: async (link, signal) => {
        this.stats.connected(link)
        void sweepHelpers(link, signal).catch((error: unknown) => {
          if (!signal.aborted) log.warn({ error }, 'helpers that were left behind stay')
        })
        await Promise.all([
          this.containers.synchronise(link, signal),
          this.images.synchronise(link, signal),
          this.networks.synchronise(link, signal),
          this.volumes.synchronise(link, signal),
        ])
      },
      event: (event) => {
        this.containers.event(event)
        this.images.event(event)
        this.networks.event(event)
        this.volumes.event(event)
      },
      lost: () => {
        this.containers.lost()
        this.images.lost()
        this.networks.lost()
        this.volumes.lost()
      },
      changed,
    }
    this.connection = new Connection({ endpoint, foundBy, settings, openTransport, handlers })
    this.stats = new EngineStats({
      engineId,
      history,
      onSource: (statsSource) => this.connection.describe({ statsSource }),
      onTick: (tick) => statsListener(engineId, tick, this.#containers),
    })
  }

  start(): void {
    this.connection.start()
    void this.#followContainers(this.#closing.signal)
    void this.#followImages(this.#closing.signal)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.connection.close()
    this.stats.close()
  }

  /** Once per burst: a thousand containers inspected one by one are a thousand changes. */
  async #followContainers(signal: AbortSignal): Promise<void> {
    const watcher = new Watcher()
    const detach = this.containers.collection.attach(watcher)
    const detachAttachments = this.containers.attachments.attach(watcher)
    while (await watcher.next(signal, collectMillis)) {
      this.images.containersChanged()
      this.networks.containersChanged()
      this.volumes.containersChanged()
      this.#containers = new Map(this.containers.collection.values().map((one) => [one.id, one]))
      this.stats.setContainers(this.containers.toSample())
    }
    detach()
    detachAttachments()
  }

  /** A container is marked when its image's name has moved on. */
  async #followImages(signal: AbortSignal): Promise<void> {
    const watcher = new Watcher()
    const detach = this.images.collection.attach(watcher)
    while (await watcher.next(signal, collectMillis)) {
      this.containers.imagesChanged(this.images.collection.values())
    }
    detach()
  }
}
