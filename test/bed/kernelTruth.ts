import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the kernel counted of a container so far. A counter that this machine does not have stays 0. */
interface Counters {
  cpuMillis: number
  periods: number
  throttledPeriods: number
  throttledMillis: number
  receivedBytes: number
  sentBytes: number
  readBytes: number
  writtenBytes: number
  cpuSomePressureMillis: number
}

/** What the kernel says of a container at a moment. */
interface Gauges {
  usageBytes: number
  inactiveFileBytes: number
  workingSetBytes: number
  cacheBytes: number
  anonymousBytes: number
  processes: number
}

const TRACE_MILLIS = 4

/** Follows a container's own counters closely, without the code under test. */
export function watchKernel(pid: number) {
  const read = readerOf(pid)
  const trace: { at: number; counters: Counters; gauges: Gauges }[] = []
  const look = () =>
    trace.push({
      at: performance.timeOrigin + performance.now(),
      counters: read.counters(),
      gauges: read.gauges(),
    })
  const timer = setInterval(() => {
    try {
      look()
    } catch {
      // The container ended; what is asked for after that throws.
      clearInterval(timer)
    }
  }, TRACE_MILLIS)

  function countersAt(at: number): Counters {
    const next = trace.findIndex((point) => point.at >= at)
    const [before, after] = [trace[next - 1], trace[next]]
    if (!before || !after) throw new Error('Nothing was recorded at that time.')
    const share = (at - before.at) / (after.at - before.at)
    return combine(before.counters, after.counters, (one, other) => one + share * (other - one))
  }

  return {
    /** What was added between two moments, milliseconds since 1970. */
    growth(from: number, to: number): Counters {
      look()
      return combine(countersAt(from), countersAt(to), (one, other) => other - one)
    },
    gauges: () => read.gauges(),
    /** The lowest and the highest that a gauge was between two moments, milliseconds since 1970. */
    range(gauge: keyof Gauges, from: number, to: number): [number, number] {
      const held = trace.filter(({ at }) => at >= from && at <= to)
      const values = held.map(({ gauges }) => gauges[gauge])
      return [Math.min(...values), Math.max(...values)]
    },
    processesLimit: () => read.processesLimit(),
    stop: () => clearInterval(timer),
  }
}

/** The folder of a process's cgroup in the hierarchy of a v1 controller, or in that of v2. */
export function cgroupFolder(pid: number, controller: string): string {
  const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').trim().split('\n')
  const pathOf = (name: string) =>
    lines.find((line) => line.split(':')[1]?.split(',').includes(name))?.split(':')[2]
  const onV1 = controller === '' ? undefined : pathOf(controller)
  if (onV1 !== undefined) return join('/sys/fs/cgroup', controller, onV1)
  const mount = existsSync('/sys/fs/cgroup/unified') ? '/sys/fs/cgroup/unified' : '/sys/fs/cgroup'
  return join(mount, pathOf('') ?? '')
}

function readerOf(pid: number) {
  const fileOf = (controller: string, ...names: string[]) =>
    names.map((name) => join(cgroupFolder(pid, controller), name)).find((file) => existsSync(file))
  const cpuUsage = fileOf('cpuacct', 'cpuacct.usage', 'cpu.stat')
  const cpuStat = fileOf('cpu', 'cpu.stat')
  const memoryUsage = fileOf('memory', 'memory.usage_in_bytes', 'memory.current')
  const memoryStat = fileOf('memory', 'memory.stat')
  const blockIo = fileOf('blkio', 'blkio.throttle.io_service_bytes_recursive', 'io.stat')
  const pressure = fileOf('', 'cpu.pressure')
  const [processes, processesLimit] = [fileOf('pids', 'pids.current'), fileOf('pids', 'pids.max')]

  return {
    counters(): Counters {
      const cpu = text(cpuUsage)
      const stat = text(cpuStat)
      const block = text(blockIo)
      const devices = text(`/proc/${pid}/net/dev`)
      const network = /^ *eth0: *(\d+)(?: +\d+){7} +(\d+)/m.exec(devices)
      return {
        cpuMillis: first(/^(\d+)/, cpu) / 1e6 + first(/^usage_usec (\d+)/m, cpu) / 1e3,
        periods: first(/^nr_periods (\d+)/m, stat),
        throttledPeriods: first(/^nr_throttled (\d+)/m, stat),
        throttledMillis:
          first(/^throttled_time (\d+)/m, stat) / 1e6 + first(/^throttled_usec (\d+)/m, stat) / 1e3,
        receivedBytes: Number(network?.[1] ?? 0),
        sentBytes: Number(network?.[2] ?? 0),
        readBytes: total(/ (?:Read |rbytes=)(\d+)/g, block),
        writtenBytes: total(/ (?:Write |wbytes=)(\d+)/g, block),
        cpuSomePressureMillis: first(/^some .*total=(\d+)/m, text(pressure)) / 1e3,
      }
    },
    gauges(): Gauges {
      const stat = text(memoryStat)
      const usageBytes = Number(text(memoryUsage))
      const inactiveFileBytes =
        first(/^total_inactive_file (\d+)/m, stat) || first(/^inactive_file (\d+)/m, stat)
      return {
        usageBytes,
        inactiveFileBytes,
        workingSetBytes: usageBytes - inactiveFileBytes,
        cacheBytes: first(/^total_cache (\d+)|^file (\d+)/m, stat),
        anonymousBytes: first(/^total_rss (\d+)|^anon (\d+)/m, stat),
        processes: Number(text(processes)),
      }
    },
    processesLimit: () => Number(text(processesLimit)),
  }
}

function combine(
  one: Counters,
  other: Counters,
  join: (one: number, other: number) => number,
): Counters {
  const names = Object.keys(one) as (keyof Counters)[]
  const result = { ...one }
  for (const name of names) result[name] = join(one[name], other[name])
  return result
}

const text = (file: string | undefined) => (file === undefined ? '' : readFileSync(file, 'utf8'))

/** The number that the pattern finds in one of its groups; 0 where it finds none. */
function first(pattern: RegExp, content: string): number {
  const groups: (string | undefined)[] = pattern.exec(content)?.slice(1) ?? []
  return Number(groups.find((group) => group !== undefined) ?? 0)
}

function total(pattern: RegExp, content: string): number {
  return [...content.matchAll(pattern)].reduce((sum, [, number]) => sum + Number(number), 0)
}
