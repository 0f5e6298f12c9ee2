import Docker from 'dockerode'
import { metricIndex } from '../../../preload/contract/stats'
import { createStats } from '../../../main/stats/service'
import { openKernelFiles } from './kernelFiles'
import { measure } from './measure'
import { WarmClock } from './warmClock'

/** Our sampler as the app runs it, with one reader. */
await measure(async ({ source, socketPath, containers }) => {
  const docker = new Docker({ socketPath })
  // An engine answers no faster because a clock does.
  const clock = source === 'cgroup' ? new WarmClock() : new WarmClock(1)
  const stats = createStats({
    fetchStats: (id) => docker.getContainer(id).stats({ stream: false, 'one-shot': true }),
    cpuFormula: 'wall-clock',
    isLocal: source === 'cgroup',
    machineMemoryBytes: null,
    clock,
  })
  const limits = { cpuLimitCores: null, memoryLimitBytes: null }
  stats.setContainers(containers.map((container) => ({ ...container, ...limits, running: true })))
  let samples = 0
  void count()
  await clock.warm(source === 'cgroup' ? 200 : 2)
  return { samples: () => samples, tickCpuMillis: clock.cpuMillis, files: openKernelFiles() }

  async function count(): Promise<void> {
    for await (const tick of stats.watch(new AbortController().signal)) {
      samples += tick.containers.filter(
        ({ values }) => values[metricIndex.cpuPercent] !== null,
      ).length
    }
  }
})
