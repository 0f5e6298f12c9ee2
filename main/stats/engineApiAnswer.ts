import { z } from 'zod'
import { withoutInactiveFile } from './cgroupVersion'
import { cpuPercent } from './source'

/** How CPU use follows from two answers; which one is right is the engine dialect's knowledge. */
export type CpuFormula = 'system-delta' | 'wall-clock'

/** One answer of `/containers/{id}/stats`, in our units. */
export interface ApiCounters {
  /** When the engine read the counters: milliseconds since 1970 by its clock, with a fraction. */
  readAtMillis: number
  usageNanos: number
  /** CPU time of the whole machine, all cores added; null on Windows engines. */
  systemNanos: number | null
  cpuCount: number
  memoryBytes: number | null
}

const optionalNumber = z.number().nullish()

const rawAnswer = z.object({
  read: z.string(),
  cpu_stats: z.object({
    cpu_usage: z.object({
      total_usage: z.number(),
      percpu_usage: z.array(z.number()).nullish(),
    }),
    system_cpu_usage: optionalNumber,
    online_cpus: optionalNumber,
  }),
  memory_stats: z.object({
    usage: optionalNumber,
    // Podman leaves it out: there the inactive page cache counts as used.
    stats: z
      .object({ total_inactive_file: optionalNumber, inactive_file: optionalNumber })
      .nullish(),
  }),
})

/** Null for an answer that holds no figures: of a stopped container, or of an unknown shape. */
export function parseAnswer(raw: unknown): ApiCounters | null {
  const answer = rawAnswer.safeParse(raw)
  if (!answer.success) return null
  const { read, cpu_stats: cpu, memory_stats: memory } = answer.data
  const readAtMillis = parseReadTime(read)
  // Go's zero time, year 1: Docker's answer for a container that does not run.
  if (readAtMillis === null || readAtMillis <= 0) return null
  const { usage, stats } = memory
  return {
    readAtMillis,
    usageNanos: cpu.cpu_usage.total_usage,
    systemNanos: cpu.system_cpu_usage ?? null,
    // docker/cli, `calculateCPUPercentUnix`: 0 means an engine older than the field.
    cpuCount: cpu.online_cpus || (cpu.cpu_usage.percpu_usage?.length ?? 0),
    memoryBytes:
      usage === null || usage === undefined
        ? null
        : withoutInactiveFile(usage, stats?.total_inactive_file ?? stats?.inactive_file ?? 0),
  }
}

/**
 * CPU use between two answers as percent of one core; null where the counters cannot tell.
 *
 * - `system-delta`: d(usage) / d(system) × cores × 100, as docker/cli's `calculateCPUPercentUnix`, and
 *   only where both increased. The system counter ticks in 10 ms and is read up to the collector's
 *   cycle apart from the container's: measured on Docker 20.10 its figures scatter by 0.8 %.
 * - `wall-clock`: d(usage) / d(read) × 100. Both engines stamp `read` where they read the cgroup:
 *   measured, its figures scatter by 0.2 %. The only right one for Podman, whose system counter leaves
 *   out idle time.
 */
export function cpuPercentBetween(
  before: ApiCounters,
  after: ApiCounters,
  formula: CpuFormula,
): number | null {
  const usedNanos = after.usageNanos - before.usageNanos
  if (formula === 'wall-clock') {
    return cpuPercent(usedNanos, after.readAtMillis - before.readAtMillis)
  }
  if (before.systemNanos === null || after.systemNanos === null || usedNanos < 0) return null
  const systemNanos = after.systemNanos - before.systemNanos
  return systemNanos > 0 ? (usedNanos / systemNanos) * after.cpuCount * 100 : null
}

/** RFC 3339 with nanoseconds: `Date` alone would cut them to milliseconds. */
function parseReadTime(text: string): number | null {
  const [, seconds = '', fraction = '', zone = ''] =
    /^(.+T\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? []
  const millis = Date.parse(seconds + zone) + Number(fraction || 0) * 1_000
  return Number.isNaN(millis) ? null : millis
}
