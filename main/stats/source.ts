import type { ContainerStats } from '../../preload/contract/stats'

/** A running container whose statistics are wanted. */
export interface StatsTarget {
  id: string
  /** Its first process on the engine's host; null: not known. */
  pid: number | null
  /** As the engine tells them, for where the cgroup's own cannot be read; null: none. */
  cpuLimitCores: number | null
  memoryLimitBytes: number | null
}

export type SourceName = 'cgroup' | 'engine-api'

/** One container's figures at one moment. */
export type Sample = Omit<ContainerStats, 'id'>

/** Where samples come from. */
export interface StatsSource {
  readonly name: SourceName
  /** Begins with a container. False: this source cannot tell about it. */
  follow(target: StatsTarget): boolean
  /** Tells that a followed container's limits may have changed. */
  limitsChanged(target: StatsTarget): void
  /** Null: the container cannot be read any more; it has to be followed anew. */
  sample(id: string): Sample | null
  /** Called once after the samples of every tick. */
  tickDone(): void
  /** Time jumped: no rate may span this moment. */
  discontinuity(): void
  unfollow(id: string): void
  close(): void
}

/**
 * CPU use over an interval as percent of one core. Null (a gap) where the counter went backwards,
 * which is a restart, and where no time passed.
 */
export function cpuPercent(usedNanos: number, elapsedMillis: number): number | null {
  if (usedNanos < 0 || elapsedMillis <= 0) return null
  return usedNanos / (elapsedMillis * 10_000)
}

/** A limit that the machine's memory cannot reach is none: engines report either for "no limit". */
export function memoryLimit(
  limitBytes: number | null,
  machineMemoryBytes: number | null,
): number | null {
  if (limitBytes === null) return null
  return machineMemoryBytes !== null && limitBytes >= machineMemoryBytes ? null : limitBytes
}
