import { join } from 'node:path'
import Docker from 'dockerode'
import { metricIndex } from '../../../preload/contract/stats'
import { HistoryStore } from '../../../main/stats/history/historyStore'
import { createStats } from '../../../main/stats/service'
import { runningContainer } from '../../sampled'
import { openKernelFiles } from './kernelFiles'
import { measure } from './measure'
import { WarmClock } from './warmClock'

const WARM_UP_TICKS = 200
const TICKS_PER_MINUTE = 60

/** Our sampler as the app runs it, with its history and one reader. */
await measure(async ({ source, socketPath, containers, dataFolder }) => {
  const docker = new Docker({ socketPath })
  const isLocal = source === 'cgroup'
  // An engine answers no faster because a clock does.
  const clock = isLocal ? new WarmClock() : new WarmClock(1)
  const folder = join(dataFolder, `history-of-${source}`)
  // It writes when it is told to, and no window has a minute's writing in it by chance.
  const history = new HistoryStore({ folder, flushMillis: 2 ** 30 })
  const stats = createStats({
    engineId: 'bench',
    history,
    fetchStats: (id) => docker.getContainer(id).stats({ stream: false, 'one-shot': true }),
    isLocal,
    cores: 1,
    machineMemoryBytes: null,
    clock,
  })
  stats.setContainers(containers.map(runningContainer))
  let samples = 0
  void count()
  await clock.pass(isLocal ? WARM_UP_TICKS : 2)
  await history.flush()
  if (isLocal) await clock.pass(TICKS_PER_MINUTE)
  clock.slowDown()
  return {
    samples: () => samples,
    tickCpuMillis: clock.cpuMillis,
    files: openKernelFiles(),
    minuteCpuMillis: isLocal ? await cpuMillisOf(() => history.flush()) : null,
  }

  async function count(): Promise<void> {
    for await (const tick of stats.watch(new AbortController().signal)) {
      const known = tick.containers.filter(({ values }) => values[metricIndex.cpuPercent] !== null)
      samples += known.length
    }
  }
})

/** CPU of the process meanwhile, the disk's threads included. */
async function cpuMillisOf(act: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
