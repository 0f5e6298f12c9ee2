import type { Mark } from '../../../preload/contract/stats'

/** Who a container is over time: one that takes its place has the same name, or the same compose service and number. */
export interface ContainerIdentity {
  id: string
  engineId: string
  name: string
  composeProject: string | null
  composeService: string | null
  /** `com.docker.compose.container-number`: which of the service's replicas. */
  composeNumber: string | null
}

/** Takes down one container's figures. */
export interface Recorder {
  /**
   * Adds a sample. Times increase; where the machine's clock was set back, what would now be in the
   * future is dropped.
   *
   * @param values In the order of the contract's `metrics`; NaN is not known. Copied, so it may be reused.
   */
  push(atMillis: number, values: Float64Array): void
  /** Adds a mark; one of the same kind at the same moment is known already and is not added again. */
  mark(mark: Mark): void
}
