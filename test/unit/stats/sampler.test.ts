import { expect, test } from 'vitest'
import { metricIndex, metrics, type StatsSourceName } from '../../../preload/contract/stats'
import { Sampler, type SampledTick } from '../../../main/stats/sampler'
import type { Sample, StatsSource, StatsTarget } from '../../../main/stats/source'
import { figuresOf } from './figures'
import { ManualClock } from './manualClock'

/** A source that knows the containers in `readable` and tells a steady figure. */
class SteadySource implements StatsSource {
  readonly name: StatsSourceName
  readonly followed = new Set<string>()
  readonly limitsChangedFor: string[] = []
  discontinuities = 0
  closed = false
  readable: (target: StatsTarget) => boolean = () => true

  constructor(name: StatsSourceName) {
    this.name = name
  }

  follow(target: StatsTarget): boolean {
    if (!this.readable(target)) return false
    this.followed.add(target.id)
    return true
  }

  limitsChanged({ id }: StatsTarget): void {
    this.limitsChangedFor.push(id)
  }

  sample(id: string): Sample | null {
    return this.followed.has(id) ? sampleOf(this.name) : null
  }

  tickDone(): void {
    // Nothing to ask for.
  }

  discontinuity(): void {
    this.discontinuities++
  }

  unfollow(id: string): void {
    this.followed.delete(id)
  }

  close(): void {
    this.closed = true
  }
}

function sampleOf(name: StatsSourceName): Sample {
  const values = new Float64Array(metrics.length).fill(1_000)
  values[metricIndex.cpuPercent] = name === 'cgroup' ? 10 : 20
  return { values, oomKills: 0 }
}

function createSampler() {
  const clock = new ManualClock()
  const cgroup = new SteadySource('cgroup')
  const api = new SteadySource('engine-api')
  const ticks: SampledTick[] = []
  const sampler = new Sampler({
    sources: [cgroup, api],
    clock,
    periodMillis: 1_000,
    onTick: (tick) => ticks.push(tick),
  })
  const begin = clock.wallMillis()
  return {
    clock,
    cgroup,
    api,
    sampler,
    ticks,
    seconds: () => ticks.map(({ at }) => (at - begin) / 1_000),
    figures: () =>
      ticks.map(({ containers }) => containers.map(({ values }) => figuresOf(values).cpuPercent)),
  }
}

const target = (id: string, more: Partial<StatsTarget> = {}): StatsTarget => ({
  id,
  pid: 1,
  cpuLimitCores: null,
  memoryLimitBytes: null,
  ...more,
})

test('one message per tick tells all containers', () => {
  const { clock, sampler, ticks } = createSampler()
  sampler.track([target('a'), target('b')])
  clock.advance(2_000)
  expect(ticks.map(({ containers }) => containers.map(({ id }) => id))).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test('ticks do not drift, and late ones are not made up for', () => {
  const { clock, sampler, seconds } = createSampler()
  sampler.track([target('a')])
  clock.advance(2_000)
  clock.block(1_300)
  clock.block(2_900)
  clock.advance(1_800)
  expect(seconds()).toEqual([1, 2, 3.3, 6.2, 7, 8])
})

test('containers come and go without a gap for the others', () => {
  const { clock, sampler, cgroup, figures } = createSampler()
  sampler.track([target('a')])
  clock.advance(1_500)
  sampler.track([target('a'), target('b')])
  clock.advance(1_000)
  sampler.track([target('b')])
  clock.advance(1_000)
  expect(figures()).toEqual([[10], [10, 10], [10]])
  expect([...cgroup.followed]).toEqual(['b'])
})

test('after the last container one empty tick comes, and the clock stops until the next begins', () => {
  const { clock, sampler, figures } = createSampler()
  sampler.track([target('a')])
  clock.advance(1_000)
  sampler.track([])
  clock.advance(5_000)
  expect(figures()).toEqual([[10], []])
  expect(clock.scheduled).toBe(0)
  sampler.track([target('b')])
  clock.advance(1_000)
  expect(figures()).toEqual([[10], [], [10]])
})

test.each([
  ['the machine slept', 60_000],
  ['the clock was set back', -3_600_000],
])('%s: that tick is a gap, and no rate spans it', (_, millis) => {
  const { clock, sampler, cgroup, api, ticks } = createSampler()
  sampler.track([target('a')])
  clock.advance(1_500)
  clock.jump(millis)
  clock.advance(1_500)
  const figures = ticks
    .flatMap(({ containers }) => containers)
    .map(({ values }) => figuresOf(values))
  expect(figures.map(({ cpuPercent }) => cpuPercent)).toEqual([10, null, 10])
  expect(figures.map(({ memoryBytes }) => memoryBytes)).toEqual([1_000, null, 1_000])
  expect([cgroup.discontinuities, api.discontinuities]).toEqual([1, 1])
})

test('a tick that is very late is a gap', () => {
  const { clock, sampler, figures } = createSampler()
  sampler.track([target('a')])
  clock.advance(1_000)
  clock.block(11_000)
  clock.advance(1_000)
  expect(figures()).toEqual([[10], [null], [10]])
})

test('a clock that is corrected by a little makes no gap', () => {
  const { clock, sampler, figures } = createSampler()
  sampler.track([target('a')])
  clock.advance(1_500)
  clock.jump(1_500)
  clock.advance(1_000)
  expect(figures()).toEqual([[10], [10]])
})

test('a container whose cgroup cannot be read is told by the engine, and the source says so', () => {
  const { clock, sampler, cgroup, figures } = createSampler()
  cgroup.readable = ({ id }) => id !== 'b'
  sampler.track([target('a'), target('b')])
  expect(sampler.source).toBeNull()
  clock.advance(1_000)
  expect(figures()).toEqual([[10, 20]])
  expect(sampler.source).toBe('engine-api')
})

test('it goes back to the cgroup when that becomes readable', () => {
  const { clock, sampler, cgroup, api, figures } = createSampler()
  cgroup.readable = () => false
  sampler.track([target('a')])
  clock.advance(2_000)
  cgroup.readable = () => true
  clock.advance(30_000)
  expect(figures().at(1)).toEqual([20])
  expect(figures().at(-1)).toEqual([10])
  expect(sampler.source).toBe('cgroup')
  expect(api.followed.size).toBe(0)
})

test('it goes back also while many others cannot', () => {
  const { clock, sampler, cgroup } = createSampler()
  cgroup.readable = () => false
  sampler.track(Array.from({ length: 300 }, (_, index) => target(String(index))))
  clock.advance(60_000)
  cgroup.readable = ({ id }) => id === '299'
  clock.advance(30_000)
  expect([...cgroup.followed]).toEqual(['299'])
})

test('a lost cgroup leaves a gap and is looked for anew', () => {
  const { clock, sampler, cgroup, figures } = createSampler()
  sampler.track([target('a')])
  clock.advance(1_000)
  cgroup.unfollow('a')
  clock.advance(2_000)
  expect(figures()).toEqual([[10], [null], [10]])
})

test('a restarted container, with another process id, is followed anew', () => {
  const { clock, sampler, cgroup } = createSampler()
  sampler.track([target('a')])
  clock.advance(1_000)
  const pids: (number | null)[] = []
  cgroup.readable = ({ pid }) => pids.push(pid) > 0
  sampler.track([target('a')])
  clock.advance(1_000)
  expect(pids).toEqual([])
  sampler.track([target('a', { pid: 2 })])
  clock.advance(1_000)
  expect(pids).toEqual([2])
})

test('changed limits are passed on', () => {
  const { clock, sampler, cgroup } = createSampler()
  sampler.track([target('a'), target('b')])
  clock.advance(1_000)
  sampler.track([target('a'), target('b', { cpuLimitCores: 2 })])
  expect(cgroup.limitsChangedFor).toEqual(['b'])
})

test('closing stops the clock and closes the sources', () => {
  const { clock, sampler, cgroup, api } = createSampler()
  sampler.track([target('a')])
  sampler.close()
  expect(clock.scheduled).toBe(0)
  expect([cgroup.closed, api.closed]).toEqual([true, true])
})

test('at the coarse rhythm ticks come every ten seconds, and the fine one is back at once', () => {
  const { clock, sampler, seconds } = createSampler()
  sampler.track([target('a')])
  clock.advance(2_000)
  sampler.setPeriod(10_000)
  clock.advance(24_000)
  sampler.setPeriod(1_000)
  clock.advance(2_000)
  expect(seconds()).toEqual([1, 2, 12, 22, 27, 28])
})

test('at the coarse rhythm a tick that is late by one is no gap, a sleep is', () => {
  const { clock, sampler, figures } = createSampler()
  sampler.track([target('a')])
  sampler.setPeriod(10_000)
  clock.advance(10_000)
  clock.block(14_000)
  clock.advance(6_000)
  clock.jump(60_000)
  clock.advance(10_000)
  clock.block(26_000)
  clock.advance(4_000)
  expect(figures()).toEqual([[10], [10], [10], [null], [null], [10]])
})

test('while no container runs, a change of the rhythm starts no clock', () => {
  const { clock, sampler } = createSampler()
  sampler.setPeriod(10_000)
  expect(clock.scheduled).toBe(0)
})

test('a burst is followed over several ticks, so that nobody waits for it', () => {
  const { clock, sampler, cgroup, figures } = createSampler()
  sampler.track(Array.from({ length: 500 }, (_, index) => target(String(index))))
  const followed: number[] = []
  for (let tick = 0; tick < 10; tick++) {
    clock.advance(1_000)
    followed.push(cgroup.followed.size)
  }
  expect(followed).toEqual([50, 100, 150, 200, 250, 300, 350, 400, 450, 500])
  expect(
    figures()
      .at(0)
      ?.filter((percent) => percent === null),
  ).toHaveLength(450)
  expect(figures().at(-1)).not.toContain(null)
})
