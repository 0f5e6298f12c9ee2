import type { ContainerState } from '../../../preload/contract/containers'

/** An event as the models use it. */
export interface EngineEvent {
  type: 'container' | 'image' | 'volume' | 'network' | 'other'
  /** The plain verb: `start`, `die`, `health_status`, … */
  action: string
  /** The full id, or the name for volumes; for images whatever the engine gives. */
  id: string
  /** Nanoseconds since 1970 as the engine wrote them, for `since` after a reconnect. */
  timeNano: string
}

/** What differs between Docker and Podman; nothing outside this folder asks which one it is. */
export interface Dialect {
  kind: 'docker' | 'podman'
  /**
   * How CPU percent follows from two answers of the stats API: Docker counts all time of all cores in
   * `system_cpu_usage`; Podman only busy time, so there the wall clock must serve.
   */
  cpuFormula: 'system-delta' | 'wall-clock'
  containerState(raw: string): ContainerState
  /** Null for an event that means nothing to a model. */
  event(raw: unknown): EngineEvent | null
  /** Query parameters that let the engine use a registry without TLS, where that is wanted. */
  registryQuery(options: { plainHttp: boolean }): Record<string, string>
  /** Fields of a create body without which the engine's own defaults would not be Docker's. */
  createDefaults: { StopTimeout?: number }
  /**
   * The query of `POST /images/create` for one reference. `tag` holds the tag or the digest.
   */
  pullQuery(name: string, tag: string): Record<string, string>
}
