import { readdirSync, readFileSync } from 'node:fs'
import type { EngineFacts } from '../bed'
import { processesOf } from '../bed/processes'

/** What an engine consists of, beside its containers' own processes: names as in /proc/<pid>/comm. */
const ENGINE_PROCESSES = /^(dockerd|containerd|containerd-shim|podman|conmon)/

/** The processes that do an engine's work: daemon, containerd, one shim for each container. */
export function engineProcesses(engine: EngineFacts): number[] {
  return processesOf(engine.folder).filter((pid) =>
    ENGINE_PROCESSES.test(readFileSync(`/proc/${pid}/comm`, 'utf8')),
  )
}

/**
 * CPU time that processes have used, milliseconds. From each thread's schedstat, which counts
 * nanoseconds: utime and stime of /proc/<pid>/stat come in steps of 10 ms, too coarse for 100 shims.
 */
export function cpuMillisOf(pids: readonly number[]): number {
  let nanos = 0
  for (const pid of pids) {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      nanos += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    }
  }
  return nanos / 1e6
}
