import { metrics, type StatsSourceName } from '../../preload/contract/stats'

/** A running container whose statistics are wanted. */
export interface StatsTarget {
  id: string
  /** Its first process on the engine's host; null: not known. */
  pid: number | null
  /** As the engine tells them, for where the cgroup's own cannot be read; null: none. */
  cpuLimitCores: number | null
  memoryLimitBytes: number | null
}

/** One container's figures at one moment. */
export interface Sample {
  /** In the order of the contract's `metrics`, NaN is not known. Valid until the next sample. */
  values: Float64Array
  /** Processes that the kernel killed for want of memory since the last sample. */
  oomKills: number
}

/** Nothing is known at this moment. */
export const gap: Sample = {
  values: new Float64Array(metrics.length).fill(Number.NaN),
  oomKills: 0,
}

/** Where samples come from. */
export interface StatsSource {
  readonly name: StatsSourceName
  /** Begins with a container. False: this source cannot tell about it. */
  follow(target: StatsTarget): boolean
  /** Tells that a followed container's limits may have changed. */
  limitsChanged(target: StatsTarget): void
  /** Null: the container cannot be read any more; it has to be followed anew. */
  sample(id: string): Sample | null
  /** Called once after the samples of every tick, with the time until the next one. */
  tickDone(periodMillis: number): void
  /** Time jumped: no rate may span this moment. */
  discontinuity(): void
  unfollow(id: string): void
  close(): void
}

/** A limit that the machine's memory cannot reach is none: engines report either for "no limit". */
export function memoryLimit(
  limitBytes: number | null,
  machineMemoryBytes: number | null,
): number | null {
  if (limitBytes === null) return null
  return machineMemoryBytes !== null && limitBytes >= machineMemoryBytes ? null : limitBytes
}
