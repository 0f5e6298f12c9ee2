import { z } from 'zod'
import { containerId, engineScope, moment, procedure, stream } from './base'

/**
 * What is measured of every running container, in the order of a row of values.
 *
 * - `cpuPercent`: percent of one core (two busy cores: 200).
 * - `memoryBytes`: the working set, usage without the inactive page cache, as `docker stats` counts it.
 * - `memoryCacheBytes`, `memoryAnonymousBytes`: all page cache, and what no file stands behind.
 * - `received…`, `sent…`: all network interfaces of the container but `lo`. Not known for a container in
 *   the host's network, whose counters are the host's.
 * - `read…`, `written…`: block devices.
 * - `processes`: processes and threads, as the pids controller counts them.
 * - `throttledPeriodsPercent`: share of the quota's periods in which the container was made to wait.
 * - `throttledTimePercent`: time it waited, percent of one core's time; more than 100 with several cores.
 * - `…PressurePercent`: share of time in which some, or all (full), tasks waited for the resource
 *   (PSI, cgroup v2 only).
 * - `…Limit…`: the limits in force at that moment; not known means no limit.
 */
export const metrics = [
  'cpuPercent',
  'memoryBytes',
  'memoryCacheBytes',
  'memoryAnonymousBytes',
  'receivedBytesPerSecond',
  'sentBytesPerSecond',
  'readBytesPerSecond',
  'writtenBytesPerSecond',
  'processes',
  'throttledPeriodsPercent',
  'throttledTimePercent',
  'cpuSomePressurePercent',
  'cpuFullPressurePercent',
  'memorySomePressurePercent',
  'memoryFullPressurePercent',
  'ioSomePressurePercent',
  'ioFullPressurePercent',
  'cpuLimitPercent',
  'memoryLimitBytes',
  'processesLimit',
] as const
export type Metric = (typeof metrics)[number]

/** Where a metric stands in a row of values. */
export const metricIndex = Object.fromEntries(
  metrics.map((metric, index) => [metric, index]),
) as Record<Metric, number>

/** How a container is read: its cgroup's files, or the engine's API. */
export const statsSources = ['cgroup', 'engine-api'] as const
export type StatsSourceName = (typeof statsSources)[number]

/** One container's figures at one tick. */
export interface ContainerStats {
  id: string
  /** In the order of `metrics`. Null: not known, or a gap (the first sample, a reset, a jump of time). */
  values: (number | null)[]
  /** Null: nothing can be read. */
  source: StatsSourceName | null
}

/** The engine's machine as a whole. */
export interface MachineStats {
  cores: number
  /** Busy share of all cores, 0 to 100; null where the machine is not this one, and in a gap. */
  cpuPercent: number | null
  memoryTotalBytes: number | null
  /** Total without what is available (`MemAvailable`); null where the machine is not this one. */
  memoryUsedBytes: number | null
}

/** All running containers of an engine, at one tick of the sampler's clock. */
export interface StatsTick {
  /** Wall clock, milliseconds since 1970 UTC. */
  at: number
  containers: ContainerStats[]
  machine: MachineStats
}

/** Something that happened to a container, for the time axis. */
export const mark = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), at: moment }),
  z.object({ kind: z.literal('stop'), at: moment, exitCode: z.number().nullable() }),
  z.object({ kind: z.literal('pause'), at: moment }),
  z.object({ kind: z.literal('unpause'), at: moment }),
  /** Processes that the kernel killed for want of memory. */
  z.object({ kind: z.literal('oom'), at: moment, kills: z.number() }),
  z.object({
    kind: z.literal('health'),
    at: moment,
    health: z.enum(['starting', 'healthy', 'unhealthy']),
  }),
  /** The limits in force since then; null: none. */
  z.object({
    kind: z.literal('limits'),
    at: moment,
    cpuLimitPercent: z.number().nullable(),
    memoryLimitBytes: z.number().nullable(),
    processesLimit: z.number().nullable(),
  }),
  /** A container with the same name or compose service went before; this one began here. */
  z.object({ kind: z.literal('replaced'), at: moment, previousId: containerId }),
  /** An alert's rule was met. */
  z.object({ kind: z.literal('alert'), at: moment, rule: z.string().max(200) }),
])
export type Mark = z.infer<typeof mark>

/** One metric over time: columns as long as `at`; null is a gap. */
export interface MetricHistory {
  average: (number | null)[]
  minimum: (number | null)[]
  maximum: (number | null)[]
}

/** A container's past, the oldest first. */
export interface StatsHistory {
  /** The time that one point stands for: 1,000 for single samples, more for buckets. */
  bucketMillis: number
  /** When the sample was taken, or the bucket began; milliseconds since 1970 UTC, strictly increasing. */
  at: number[]
  /** A metric that was never known in this time is missing. */
  metrics: Partial<Record<Metric, MetricHistory>>
}

const oneContainer = engineScope.extend({ id: containerId })

export const stats = {
  /** First the last minute of ticks (what a row's small line shows), then one message per tick. */
  watch: procedure.input(engineScope).output(stream<StatsTick>()),
  /**
   * What is kept of a container between two moments, with that of the containers it replaced (same
   * name, or same compose project, service and number). Empty columns where nothing was sampled.
   */
  history: procedure
    .input(
      oneContainer.extend({
        from: moment,
        to: moment,
        /** At most so many points; buckets are made as wide as that takes. */
        points: z.int().min(10).max(5_000).default(900),
      }),
    )
    .output(z.custom<StatsHistory>()),
  /** The marks of a container and of those it replaced, the oldest first: all again whenever one comes. */
  marks: procedure.input(oneContainer).output(stream<Mark[]>()),
}
