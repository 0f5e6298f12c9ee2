import { z } from 'zod'
import { containerId, engineScope, procedure, stream } from './base'

/** One container's figures at one tick. */
export interface ContainerStats {
  id: string
  /** Percent of one core (two busy cores: 200). Null on the first sample and after a reset: a gap. */
  cpuPercent: number | null
  /** The CPU quota, in the same unit; null: no limit. */
  cpuLimitPercent: number | null
  /** Usage without the inactive page cache, as `docker stats` counts it. Null where it could not be read. */
  memoryBytes: number | null
  /** Null: no limit of its own. */
  memoryLimitBytes: number | null
}

/** All running containers of an engine, at one tick of the sampler's clock. */
export interface StatsTick {
  /** Wall clock, milliseconds since 1970 UTC. */
  at: number
  containers: ContainerStats[]
}

/** Columns of equal length, the oldest first; a null in a column is a gap in the line. */
export interface StatsHistory {
  at: number[]
  cpuPercent: (number | null)[]
  memoryBytes: (number | null)[]
  cpuLimitPercent: number | null
  memoryLimitBytes: number | null
}

export const stats = {
  /** First the last minute of ticks (what a row's small line shows), then one message per tick. */
  watch: procedure.input(engineScope).output(stream<StatsTick>()),
  /** The last `seconds` (15 minutes at 1 s) of one container; empty columns if nothing was sampled. */
  history: procedure
    .input(engineScope.extend({ id: containerId, seconds: z.int().min(1).max(900).default(900) }))
    .output(z.custom<StatsHistory>()),
}
