import type { ContainerState } from '../../../preload/contract/containers'
import type { CapabilityName } from '../../../preload/contract/isolation'

/** An event as the models use it. */
export interface EngineEvent {
  type: 'container' | 'image' | 'volume' | 'network' | 'other'
  /** The plain verb: `start`, `die`, `health_status`, … */
  action: string
  /** The full id, or the name for volumes; for images whatever the engine gives. */
  id: string
}

/** A path and a query of the Engine API. */
export interface PostRequest {
  path: string
  query: Record<string, string>
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
  /** What removing by force asks for beside `force`, so that nothing is waited for. */
  forcedRemoval: { timeout?: number }
  /**
   * Pulls one image: `name` without tag, `tagOrDigest` after it. `plainHttp`: a registry without TLS
   * is meant.
   */
  pullRequest(name: string, tagOrDigest: string, options: { plainHttp: boolean }): PostRequest
  pushRequest(name: string, tag: string, options: { plainHttp: boolean }): PostRequest
}
