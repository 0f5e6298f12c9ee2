import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { metricIndex, type StatsTick } from '../../../preload/contract/stats'
import { HistoryStore } from '../../../main/stats/history/historyStore'
import { createStats } from '../../../main/stats/service'
import { absurditiesOf, absurditiesOfHistory } from '../../faults/absurdities'
import { runningContainer } from '../../sampled'
import { ManualClock } from './manualClock'
import { unpackTree } from './tree'

test.each([
  ['the machine slept an hour', (clock: ManualClock) => clock.jump(3_600_000)],
  ['the clock was set forward by a minute', (clock: ManualClock) => clock.jump(60_000)],
  ['nothing ran for half a minute', (clock: ManualClock) => clock.block(30_000)],
  ['the clock was set back by a minute', (clock: ManualClock) => clock.jump(-60_000)],
])('%s: a gap in the chart, no spike, and time that only goes on', async (_, happen) => {
  const tree = unpackTree('docker-v1-hybrid')
  const clock = new ManualClock()
  const folder = mkdtempSync(join(tmpdir(), 'longshore-history-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const history = new HistoryStore({ folder, clock })
  const ticks: StatsTick[] = []
  const stats = createStats({
    engineId: 'none',
    history,
    fetchStats: () => Promise.reject(new Error('There is no engine.')),
    isLocal: true,
    cores: 2,
    machineMemoryBytes: null,
    onTick: (tick) => ticks.push(tick),
    clock,
    procRoot: tree.procRoot,
    sysRoot: tree.sysRoot,
  })
  // Somebody watches: ticks come every second.
  void stats.watch(new AbortController().signal).next()
  stats.setContainers([runningContainer(tree)])
  let seconds = 1
  /** Half a core is used in every second that passes. */
  const pass = (count: number) => {
    for (const end = seconds + count; seconds < end; seconds++) {
      tree.write('cpuacct.usage', `${seconds * 5e8}\n`)
      clock.advance(1_000)
    }
  }
  pass(5)
  const begin = clock.wallMillis()
  // What the container used meanwhile would be a spike.
  seconds += 3_600
  tree.write('cpuacct.usage', `${seconds * 5e8}\n`)
  happen(clock)
  pass(5)
  stats.close()
  const kept = await history.read({
    ...{ id: tree.id, points: 5_000 },
    ...{ from: 0, to: Math.max(begin, clock.wallMillis()) },
  })
  await history.close()
  const bounds = { cpuPercent: 51 }
  expect(absurditiesOfHistory(kept, bounds)).toEqual([])
  const charted = ticks.map(({ containers }) => containers[0]?.values[metricIndex.cpuPercent])
  expect(charted.filter((value) => value === null).length).toBeGreaterThanOrEqual(2)
  expect(charted.filter((value) => typeof value === 'number').length).toBeGreaterThan(5)
  // Ticks tell the wall clock as it is, also where it was set back.
  const odd = absurditiesOf(ticks, bounds).filter((what) => !what.includes('not later'))
  expect(odd).toEqual([])
})
