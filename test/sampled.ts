import type { ContainerToSample } from '../main/stats/service'

/** A container that runs, of which nothing but its cgroup is told. */
export function runningContainer({ id, pid }: { id: string; pid: number }): ContainerToSample {
  return {
    id,
    pid,
    name: id.slice(0, 12),
    createdAt: 0,
    composeProject: null,
    composeService: null,
    composeNumber: null,
    cpuLimitCores: null,
    memoryLimitBytes: null,
    running: true,
    state: 'running',
    health: 'none',
    startedAt: null,
    finishedAt: null,
    exitCode: null,
    oomKilled: false,
  }
}
