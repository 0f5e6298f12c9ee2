import Docker from 'dockerode'
import { createStats } from '../../../main/stats/service'
import { measure } from './measure'

/** Our sampler as the app runs it, with one page that watches. */
await measure(async ({ source, socketPath, containers }, onSamples) => {
  const docker = new Docker({ socketPath })
  const stats = createStats({
    fetchStats: (id) => docker.getContainer(id).stats({ stream: false, 'one-shot': true }),
    cpuFormula: 'wall-clock',
    isLocal: source === 'cgroup',
    machineMemoryBytes: null,
  })
  const limits = { cpuLimitCores: null, memoryLimitBytes: null }
  stats.setContainers(containers.map((container) => ({ ...container, ...limits, running: true })))
  const ticks = stats.watch(new AbortController().signal)
  await ticks.next()
  void count()

  async function count(): Promise<void> {
    for await (const tick of ticks) {
      onSamples(tick.containers.filter(({ cpuPercent }) => cpuPercent !== null).length)
    }
  }
})
