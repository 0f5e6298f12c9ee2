import { z } from 'zod'
import { withoutInactiveFile } from './cgroupVersion'
import { createReading, field, type Reading } from './reading'

/** One answer of `/containers/{id}/stats`, in our units. */
export interface ApiReading {
  /** When the engine read the counters: milliseconds since 1970 by its clock, with a fraction. */
  readAtMillis: number
  /** Of the limits only that of processes: the others are not in every engine's answer. */
  reading: Reading
}

const optionalNumber = z.number().nullish()

const rawAnswer = z.object({
  read: z.string(),
  cpu_stats: z.object({
    cpu_usage: z.object({ total_usage: z.number() }),
    throttling_data: z
      .object({
        periods: optionalNumber,
        throttled_periods: optionalNumber,
        throttled_time: optionalNumber,
      })
      .nullish(),
  }),
  memory_stats: z.object({
    usage: optionalNumber,
    // cgroup v1 and v2 by their own names. Podman leaves them out: there the page cache counts as used.
    stats: z
      .object({
        total_inactive_file: optionalNumber,
        inactive_file: optionalNumber,
        total_cache: optionalNumber,
        file: optionalNumber,
        total_rss: optionalNumber,
        anon: optionalNumber,
      })
      .nullish(),
  }),
  // A container in the host's network, or in another's, has none of its own.
  networks: z
    .record(z.string(), z.object({ rx_bytes: z.number(), tx_bytes: z.number() }))
    .nullish(),
  blkio_stats: z
    .object({
      io_service_bytes_recursive: z
        .array(z.object({ op: z.string(), value: z.number() }))
        .nullish(),
    })
    .nullish(),
  pids_stats: z.object({ current: optionalNumber, limit: optionalNumber }).nullish(),
})
type Answer = z.infer<typeof rawAnswer>

/** Null for an answer that holds no figures: of a stopped container, or of an unknown shape. */
export function parseAnswer(raw: unknown): ApiReading | null {
  const answer = rawAnswer.safeParse(raw)
  if (!answer.success) return null
  const readAtMillis = parseReadTime(answer.data.read)
  // Go's zero time, year 1: Docker's answer for a container that does not run.
  if (readAtMillis === null || readAtMillis <= 0) return null
  return { readAtMillis, reading: readingOf(answer.data) }
}

function readingOf({ cpu_stats: cpu, memory_stats: memory, ...answer }: Answer): Reading {
  const reading = createReading()
  const set = (index: number, value: number | null | undefined) => {
    reading[index] = value ?? Number.NaN
  }
  set(field.cpuNanos, cpu.cpu_usage.total_usage)
  // 0 periods: no quota, or Podman, which writes 0 whatever happened.
  if (cpu.throttling_data?.periods) {
    set(field.periods, cpu.throttling_data.periods)
    set(field.throttledPeriods, cpu.throttling_data.throttled_periods)
    set(field.throttledNanos, cpu.throttling_data.throttled_time)
  }
  const { usage, stats } = memory
  if (typeof usage === 'number') {
    const inactiveBytes = stats?.total_inactive_file ?? stats?.inactive_file ?? 0
    set(field.memoryBytes, withoutInactiveFile(usage, inactiveBytes))
  }
  set(field.memoryCacheBytes, stats?.total_cache ?? stats?.file)
  set(field.memoryAnonymousBytes, stats?.total_rss ?? stats?.anon)
  if (answer.networks) {
    const networks = Object.values(answer.networks)
    set(field.receivedBytes, sum(networks.map((network) => network.rx_bytes)))
    set(field.sentBytes, sum(networks.map((network) => network.tx_bytes)))
  }
  const transfers = answer.blkio_stats?.io_service_bytes_recursive
  if (transfers) {
    const bytesOf = (op: string) =>
      sum(transfers.filter((one) => one.op.toLowerCase() === op).map(({ value }) => value))
    set(field.readBytes, bytesOf('read'))
    set(field.writtenBytes, bytesOf('write'))
  }
  set(field.processes, answer.pids_stats?.current)
  const processesLimit = answer.pids_stats?.limit
  // "max" arrives as the largest unsigned number.
  if (processesLimit && Number.isSafeInteger(processesLimit)) {
    set(field.processesLimit, processesLimit)
  }
  return reading
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** RFC 3339 with nanoseconds: `Date` alone would cut them to milliseconds. */
function parseReadTime(text: string): number | null {
  const [, seconds = '', fraction = '', zone = ''] =
    /^(.+T\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? []
  const millis = Date.parse(seconds + zone) + Number(fraction || 0) * 1_000
  return Number.isNaN(millis) ? null : millis
}
