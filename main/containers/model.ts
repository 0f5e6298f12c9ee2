import type { ContainerInspectInfo } from 'dockerode'
import type { Container } from '../../preload/contract/containers'
import type { Image } from '../../preload/contract/images'
import type { EngineEvent } from '../engines/dialect/dialect'
import type { EngineLink } from '../engines/handshake'
import { toFailure } from '../errors'
import { isHelper } from '../files/helperLabel'
import { LiveCollection } from '../live/collection'
import { KeyedQueue } from '../live/keyedQueue'
import { log } from '../log'
import {
  attachmentsFromInspect,
  attachmentsFromList,
  type Attachments,
} from '../networks/attachments'
import type { ContainerToSample } from '../stats/service'
import { Ends, lastExitCode } from './exits/ends'
import { RestartLoops } from './exits/restartLoops'
import { NamedImages } from './recreation/namedImages'
import { containerFromInspect, containerFromList } from './summary'

/** Events after which a container looks different. `exec_*` and the like come often and change nothing. */
const tellingActions = new Set([
  'create',
  'start',
  'restart',
  'die',
  'stop',
  'kill',
  'oom',
  'pause',
  'unpause',
  'rename',
  'update',
  'destroy',
  'health_status',
])

/** How many containers are inspected at once. */
const inspectConcurrency = 6

/** Between an inspection that failed and the next one, milliseconds. */
const inspectAgainMillis = 1_000

/**
 * The containers of one engine: listed once, then kept true by events and targeted inspects. Those that
 * Longshore makes for its own work are left out.
 */
export class ContainersModel {
  readonly collection = new LiveCollection<Container>()
  /** How each is connected, for who knows the networks. */
  readonly attachments = new LiveCollection<Attachments>()
  readonly #pids = new Map<string, number>()
  readonly ends = new Ends()
  readonly #restartLoops = new RestartLoops()
  readonly #looks = new Map<string, NodeJS.Timeout>()
  readonly #queue = new KeyedQueue((id) => this.#inspect(id), inspectConcurrency)
  /** What events named while a list was on its way: it may tell how things were before. */
  #namedMeanwhile: Set<string> | null = null
  #link: EngineLink | null = null
  #images = new NamedImages([])

  /** Lists everything anew, then fills in by inspection what the list does not tell. */
  async synchronise(link: EngineLink, signal: AbortSignal): Promise<void> {
    const named = new Set<string>()
    this.#namedMeanwhile = named
    const list = await link.client.call(
      (docker, abortSignal) => docker.listContainers({ all: true, abortSignal }),
      { signal },
    )
    this.#link = link
    const theirs = list.filter(({ Names, Labels }) => !isHelper(Names[0], Labels))
    const items = theirs.map((info) =>
      this.#marked(containerFromList(info, link.dialect, this.collection.get(info.Id))),
    )
    this.collection.replace(items)
    this.attachments.replace(
      theirs.map((info) => this.attachments.get(info.Id) ?? attachmentsFromList(info)),
    )
    const listed = new Set(items.map((item) => item.id))
    for (const id of this.#pids.keys()) if (!listed.has(id)) this.#pids.delete(id)
    this.ends.keepOnly(listed)
    this.#restartLoops.keepOnly(listed)
    this.#queue.clear()
    this.#namedMeanwhile = null
    for (const id of named) this.#queue.add(id)
    for (const item of items) if (isAlive(item)) this.#queue.add(item.id)
    for (const item of items) if (!isAlive(item)) this.#queue.add(item.id)
  }

  event(event: EngineEvent): void {
    if (event.type === 'network' && event.containerId !== null) this.#hear(event.containerId)
    if (event.type !== 'container' || !tellingActions.has(event.action)) return
    this.ends.event(event)
    this.#hear(event.id)
  }

  /** For a person to read: the beginning of its id where it is not listed, or not yet. */
  nameOf(id: string): string {
    return this.collection.get(id)?.name ?? id.slice(0, 12)
  }

  /** Looks at one container anew, after a change that may come without an event. */
  look(id: string): void {
    this.#queue.add(id)
  }

  /** Names may mean other images now. */
  imagesChanged(images: Iterable<Image>): void {
    this.#images = new NamedImages(images)
    for (const container of this.collection.values()) {
      const marked = this.#marked(container)
      if (marked.newerImageId !== container.newerImageId) this.collection.upsert(marked)
    }
  }

  lost(): void {
    this.#link = null
    this.#namedMeanwhile = null
    this.#queue.clear()
    for (const timer of this.#looks.values()) clearTimeout(timer)
    this.#looks.clear()
  }

  /** All containers as the statistics want them: the living ones are sampled. */
  toSample(): ContainerToSample[] {
    return this.collection.values().map((container) => ({
      ...container,
      running: isAlive(container),
      pid: this.#pids.get(container.id) ?? null,
      exitCode: lastExitCode(container, this.ends.of(container.id)),
      composeNumber: replicaOf(container),
    }))
  }

  #hear(id: string): void {
    this.#namedMeanwhile?.add(id)
    this.#queue.add(id)
  }

  #marked(container: Container): Container {
    return { ...container, newerImageId: this.#images.newerThan(container) }
  }

  /** Says whether the engine starts it again and again; a loop that ends in peace ends without an event. */
  #watched(container: Container, { RestartCount, HostConfig }: ContainerInspectInfo): Container {
    const { id } = container
    const { Name: policy = '', MaximumRetryCount = 0 } = HostConfig.RestartPolicy ?? {}
    const now = Date.now()
    const { loop, againAt } = this.#restartLoops.look(
      container,
      { count: RestartCount, policy, maximumRetries: MaximumRetryCount },
      this.ends.of(id),
      now,
    )
    this.#lookIn(id, againAt === null ? null : againAt - now)
    // Podman has no word for it: between an end and the start that follows, a loop has "exited".
    const isBetween = container.state === 'exited' && loop?.gaveUp === false
    return { ...container, ...(isBetween && { state: 'restarting' }), restartLoop: loop }
  }

  /** Looks at a container again later; null: only when something is heard of it. */
  #lookIn(id: string, millis: number | null): void {
    clearTimeout(this.#looks.get(id))
    this.#looks.delete(id)
    if (millis === null) return
    this.#looks.set(id, setTimeout(() => this.look(id), millis).unref())
  }

  async #inspect(id: string): Promise<void> {
    const link = this.#link
    if (!link) return
    try {
      const info = await link.client.call((docker, abortSignal) =>
        docker.getContainer(id).inspect({ abortSignal }),
      )
      if (link !== this.#link || isHelper(info.Name, info.Config.Labels)) return
      const container = this.#watched(this.#marked(containerFromInspect(info, link.dialect)), info)
      if (isAlive(container) && info.State.Pid > 0) this.#pids.set(id, info.State.Pid)
      else this.#pids.delete(id)
      this.attachments.upsert(attachmentsFromInspect(info))
      this.collection.upsert(container)
    } catch (error) {
      if (link !== this.#link) return
      const failure = toFailure(error)
      if (failure.code === 'not-found') {
        this.#lookIn(id, null)
        this.#pids.delete(id)
        this.#restartLoops.forget(id)
        this.attachments.remove(id)
        this.collection.remove(id)
      } else {
        // The connection notices by itself when the engine is gone, and lists again.
        this.#lookIn(id, inspectAgainMillis)
        log.warn({ error, container: id }, 'could not inspect a container')
      }
    }
  }
}

/** True while the container has processes. */
export function isAlive({ state }: Container): boolean {
  return state === 'running' || state === 'paused' || state === 'stopping'
}

/** Which of a compose service's replicas it is; one that `docker compose run` made is none. */
function replicaOf({ labels }: Container): string | null {
  if (labels['com.docker.compose.oneoff'] === 'True') return null
  return labels['com.docker.compose.container-number'] ?? null
}
