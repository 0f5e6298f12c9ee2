import type { Mark, StatsHistory } from '../../../preload/contract/stats'

/** Who a container is over time: one that takes its place has the same name, or the same compose service and number. */
export interface ContainerIdentity {
  id: string
  engineId: string
  name: string
  /** When it was created, milliseconds since 1970: what it replaced is older. */
  createdAt: number
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

/** What of a container's past is wanted; times in milliseconds since 1970. */
export interface HistoryQuery {
  id: string
  from: number
  to: number
  /** At most so many points. */
  points: number
}

/** The memory of the statistics. */
export interface History {
  /** The container's recorder; begins its history where there is none yet. */
  recorder(identity: ContainerIdentity): Recorder
  /** True where something of the container is kept. */
  knows(id: string): boolean
  read(query: HistoryQuery): Promise<StatsHistory>
  /** The marks of a container and of those it replaced, the oldest first; all again whenever one comes. */
  watchMarks(id: string, signal: AbortSignal): AsyncGenerator<Mark[], void, undefined>
}
