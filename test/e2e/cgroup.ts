import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const TRACE_MILLIS = 5

/** A container's own counters, read from the kernel without the code under test. */
export interface Counters {
  /** CPU time used between two moments (milliseconds since 1970), in milliseconds. */
  cpuMillisBetween(from: number, to: number): number
  /** What it keeps now, without the page cache that can go at once. */
  memoryBytes(): number
}

/** Follows the cgroup of a process until the test ends; cgroup v1, v2 or both at once. */
export function followCounters(pid: number): Counters {
  const trace: { at: number; cpuMillis: number }[] = []
  const read = () => {
    trace.push({
      at: performance.timeOrigin + performance.now(),
      cpuMillis: cpuMillisOf(pid),
    })
  }
  read()
  const timer = setInterval(read, TRACE_MILLIS)
  onTestFinished(() => clearInterval(timer))

  function cpuMillisAt(at: number): number {
    const next = trace.findIndex((point) => point.at >= at)
    const [before, after] = [trace[next - 1], trace[next]]
    if (!before || !after) throw new Error('Nothing was recorded at that time.')
    const share = (at - before.at) / (after.at - before.at)
    return before.cpuMillis + share * (after.cpuMillis - before.cpuMillis)
  }

  return {
    cpuMillisBetween(from, to) {
      read()
      return cpuMillisAt(to) - cpuMillisAt(from)
    },
    memoryBytes: () => memoryBytesOf(pid),
  }
}

function cpuMillisOf(pid: number): number {
  const v1 = fileOf(pid, 'cpuacct', 'cpuacct.usage')
  if (existsSync(v1)) return Number(readFileSync(v1, 'utf8')) / 1e6
  const stat = readFileSync(fileOf(pid, null, 'cpu.stat'), 'utf8')
  return Number(/^usage_usec (\d+)/m.exec(stat)?.[1]) / 1e3
}

function memoryBytesOf(pid: number): number {
  const v1 = fileOf(pid, 'memory', 'memory.usage_in_bytes')
  const isV1 = existsSync(v1)
  const usage = readFileSync(isV1 ? v1 : fileOf(pid, null, 'memory.current'), 'utf8')
  const stat = readFileSync(fileOf(pid, isV1 ? 'memory' : null, 'memory.stat'), 'utf8')
  const inactive = (isV1 ? /^total_inactive_file (\d+)/m : /^inactive_file (\d+)/m).exec(stat)
  return Number(usage) - Number(inactive?.[1])
}

/** A file of the process's cgroup in the hierarchy of a v1 controller; null: in that of v2. */
function fileOf(pid: number, controller: string | null, name: string): string {
  const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').split('\n')
  const line = lines.find((each) =>
    each
      .split(':')[1]
      ?.split(',')
      .includes(controller ?? ''),
  )
  return join('/sys/fs/cgroup', controller ?? '', line?.split(':')[2] ?? '', name)
}
