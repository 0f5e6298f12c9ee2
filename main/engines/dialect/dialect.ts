import type {
  ContainerLimits,
  LimitField,
  RestartPolicy,
  Unchangeable,
} from '../../../preload/contract/limits'
import type { ContainerState } from '../../../preload/contract/containers'
import type { CreationDialect } from './creation'
import type { HealthDialect } from './health'
import type { ReadBackDialect } from './readBack'
import type { RecreationDialect } from './recreation'
import type { CapabilityName } from '../../../preload/contract/isolation'
import type { BuildDialect } from './builds'
import type { DiskUsageDialect } from './diskUsage'
import type { FactsDialect } from './facts'
import type { NetworksDialect } from './networks'
import type { VolumesDialect } from './volumes'
import type { RegistrySetup, RegistryWay } from './registrySetup'

/** An event as the models use it. */
export interface EngineEvent {
  type: 'container' | 'image' | 'volume' | 'network' | 'other'
  /** The plain verb: `start`, `die`, `health_status`, … */
  action: string
  /** The full id, or the name for volumes; for images whatever the engine gives. */
  id: string
  /** Of a container that ended (`die`); null where the event tells none. */
  exitCode: number | null
  /** Of a network's `connect` and `disconnect`: the container; null where the event tells none. */
  containerId: string | null
}

/** A path and a query of the Engine API. */
export interface PostRequest {
  path: string
  query: Record<string, string>
}

/** How an engine finds a layer that it has when it pulls: with all below it, or each by itself. */
export type LayerReuse = 'by-chain-id' | 'by-diff-id'

export interface PullOptions {
  /** A registry without TLS is meant. */
  plainHttp: boolean
  /** `linux/arm64/v8`; the engine's own where it is undefined. */
  platform?: string | undefined
}

/** The limits of a container as an engine is to set them; what is missing stays as it is. */
export interface LimitsUpdate {
  /** Cores; null: no limit. */
  cpuCores?: number | null
  /** Bytes; null: no limit. `andSwap`: of memory and swap together, -1: no limit, null: not counted. */
  memory?: { bytes: number | null; andSwapBytes: number | null }
  /** Bytes; null: none. */
  reservationBytes?: number | null
  /** Null: no limit. */
  processes?: number | null
  restart?: RestartPolicy
}

/** What an engine can do about the limits of a container that is there. */
export interface LimitsSupport {
  unchangeable: Unchangeable[]
  /** What it takes no limit of away: all that the machine has is set instead. */
  unremovable: LimitField[]
  /** The change is still in force after a restart of the container. */
  lasting: boolean
}

/** A request with a JSON body. */
export interface BodyRequest extends PostRequest {
  body: unknown
}

/** What differs between Docker and Podman; nothing outside this folder asks which one it is. */
export interface Dialect {
  kind: 'docker' | 'podman'
  /** The capabilities of a container whose creator asked for none and dropped none. */
  usualCapabilities: readonly CapabilityName[]
  containerState(raw: string): ContainerState
  /** Null for an event that means nothing to a model. */
  event(raw: unknown): EngineEvent | null
  /** Fields of a create body without which the engine's own defaults would not be Docker's. */
  createDefaults: { StopTimeout?: number }
  /** How the settings of a new container are given to it. */
  creation: CreationDialect
  /** What removing by force asks for beside `force`, so that nothing is waited for. */
  forcedRemoval: { timeout?: number }
  /** A stop between a container's end and the start that its restart policy wants keeps it stopped. */
  remembersStops: boolean
  layerReuse: LayerReuse
  /** A log that is followed from its last lines on loses none that is written meanwhile. */
  followsFromTail: boolean
  /** A log's last lines, asked for by their number, are the lines that were written. */
  tailIsTrue: boolean
  /** The archive of a container's files says who owns them; otherwise all seem to be root's. */
  archiveTellsOwners: boolean
  /**
   * Pulls one image: `name` without tag, `tagOrDigest` after it.
   */
  pullRequest(name: string, tagOrDigest: string, options: PullOptions): PostRequest
  /**
   * By the engine's version, such as `5.1.0`. `byQuota`: the container was created with a quota, which
   * Docker does not let be replaced by a number of CPUs.
   */
  limitsSupport(version: string, container: { running: boolean; byQuota: boolean }): LimitsSupport
  /** Changes the limits of a container. `machine`: all that there is, for limits that cannot go. */
  limitsRequest(
    id: string,
    update: LimitsUpdate,
    options: { byQuota: boolean; machine: ContainerLimits['machine'] },
  ): BodyRequest
  pushRequest(name: string, tag: string, options: { plainHttp: boolean }): PostRequest
  /** What has to be written on the engine's machine for a registry that is not reached in the usual way. */
  registrySetup(way: RegistryWay): RegistrySetup
  builds: BuildDialect
  networks: NetworksDialect
  volumes: VolumesDialect
  /** An answer of `/containers/{id}/stats` as Docker gives it; the engine's version is such as `5.1.0`. */
  statsAnswer(raw: unknown, version: string): unknown
  /** How the settings of a container are told, and given to a new one. */
  recreation: RecreationDialect
  /** What its answers say where a person said nothing. */
  readBack: ReadBackDialect
  health: HealthDialect
  facts: FactsDialect
  diskUsage: DiskUsageDialect
}
