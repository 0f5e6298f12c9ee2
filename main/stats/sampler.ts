import type { ContainerStats, StatsTick } from '../../preload/contract/stats'
import type { Clock } from './clock'
import type { Sample, SourceName, StatsSource, StatsTarget } from './source'

export interface SamplerOptions {
  /** In the order of preference: the first one that can follow a container tells about it. */
  sources: readonly StatsSource[]
  clock: Clock
  periodMillis: number
  onTick: (tick: StatsTick) => void
}

/** A container that had to fall back is offered to the preferred sources again after so many ticks. */
const TICKS_PER_RETRY = 30
/** Where the two clocks disagree by more, the machine slept or its clock was set. */
const JUMP_MILLIS = 2_000
/** What happened before a tick that is so late is unknown. */
const LONGEST_INTERVAL_MILLIS = 10_000

const gap: Sample = {
  cpuPercent: null,
  cpuLimitPercent: null,
  memoryBytes: null,
  memoryLimitBytes: null,
}

interface Tracked {
  target: StatsTarget
  source: StatsSource | null
}

/**
 * Samples all running containers of one engine on a fixed clock: ticks stay in step with the first
 * one, and a late one is not made up for. While there is no container, nothing runs.
 */
export class Sampler {
  readonly #options: SamplerOptions
  readonly #tracked = new Map<string, Tracked>()
  #undoSchedule: (() => void) | null = null
  #dueMillis = 0
  #lastTick: { wallMillis: number; monotonicMillis: number } | null = null
  #ticks = 0
  #source: SourceName | null = null

  constructor(options: SamplerOptions) {
    this.#options = options
  }

  /** How containers are read: `engine-api` as soon as one is. Null until the first figures. */
  get source(): SourceName | null {
    return this.#source
  }

  /** Makes these the sampled containers; those that were there already go on without a gap. */
  track(targets: readonly StatsTarget[]): void {
    const ids = new Set(targets.map((target) => target.id))
    for (const [id, { source }] of this.#tracked) {
      if (ids.has(id)) continue
      source?.unfollow(id)
      this.#tracked.delete(id)
    }
    for (const target of targets) this.#trackOne(target)
    if (this.#tracked.size > 0) this.#start()
  }

  close(): void {
    this.#undoSchedule?.()
    this.#undoSchedule = null
    this.#tracked.clear()
    for (const source of this.#options.sources) source.close()
  }

  #trackOne(target: StatsTarget): void {
    const tracked = this.#tracked.get(target.id)
    if (!tracked) {
      this.#tracked.set(target.id, { target, source: null })
      return
    }
    const before = tracked.target
    tracked.target = target
    if (before.pid !== target.pid) {
      tracked.source?.unfollow(target.id)
      tracked.source = null
    } else if (
      before.cpuLimitCores !== target.cpuLimitCores ||
      before.memoryLimitBytes !== target.memoryLimitBytes
    ) {
      tracked.source?.limitsChanged(target)
    }
  }

  #start(): void {
    if (this.#undoSchedule) return
    this.#lastTick = null
    this.#dueMillis = this.#options.clock.monotonicMillis()
    this.#scheduleNext()
  }

  #scheduleNext(): void {
    const { clock, periodMillis } = this.#options
    const now = clock.monotonicMillis()
    const periods = Math.max(1, Math.floor((now - this.#dueMillis) / periodMillis) + 1)
    this.#dueMillis += periods * periodMillis
    this.#undoSchedule = clock.schedule(() => this.#tick(), this.#dueMillis - now)
  }

  #tick(): void {
    const { sources, onTick } = this.#options
    this.#undoSchedule = null
    // After the last container is gone, one empty tick says so and the clock stops.
    if (this.#tracked.size > 0) this.#scheduleNext()
    const { at, jumped } = this.#readClocks()
    if (jumped) for (const source of sources) source.discontinuity()
    const telling = new Set<SourceName>()
    const containers: ContainerStats[] = []
    for (const [id, tracked] of this.#tracked) {
      const sample = this.#sample(tracked)
      if (tracked.source && sample.memoryBytes !== null) telling.add(tracked.source.name)
      containers.push({ id, ...(jumped ? asGap(sample) : sample) })
    }
    for (const source of sources) source.tickDone()
    if (telling.size > 0) this.#source = telling.has('engine-api') ? 'engine-api' : 'cgroup'
    this.#ticks++
    onTick({ at, containers })
  }

  #readClocks(): { at: number; jumped: boolean } {
    const { clock } = this.#options
    const last = this.#lastTick
    const now = { wallMillis: clock.wallMillis(), monotonicMillis: clock.monotonicMillis() }
    this.#lastTick = now
    if (!last) return { at: now.wallMillis, jumped: false }
    const elapsedMillis = now.monotonicMillis - last.monotonicMillis
    const disagreementMillis = Math.abs(now.wallMillis - last.wallMillis - elapsedMillis)
    return {
      at: now.wallMillis,
      jumped: disagreementMillis > JUMP_MILLIS || elapsedMillis > LONGEST_INTERVAL_MILLIS,
    }
  }

  /** A source that lost the container leaves a gap; the next tick looks for it anew. */
  #sample(tracked: Tracked): Sample {
    if (!tracked.source || this.#ticks % TICKS_PER_RETRY === 0) this.#chooseSource(tracked)
    const sample = tracked.source?.sample(tracked.target.id)
    if (sample) return sample
    tracked.source = null
    return gap
  }

  #chooseSource(tracked: Tracked): void {
    for (const source of this.#options.sources) {
      if (source === tracked.source) return
      if (!source.follow(tracked.target)) continue
      tracked.source?.unfollow(tracked.target.id)
      tracked.source = source
      return
    }
  }
}

function asGap(sample: Sample): Sample {
  return { ...sample, cpuPercent: null, memoryBytes: null }
}
