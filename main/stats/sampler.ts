import type { StatsSourceName } from '../../preload/contract/stats'
import type { Clock } from './clock'
import { gap, type Sample, type StatsSource, type StatsTarget } from './source'

export interface SamplerOptions {
  /** In the order of preference: the first one that can follow a container tells about it. */
  sources: readonly StatsSource[]
  clock: Clock
  periodMillis: number
  onTick: (tick: SampledTick) => void
}

export interface SampledContainer extends Sample {
  id: string
  /** Null: nothing can be read. */
  source: StatsSourceName | null
}

export interface SampledTick {
  /** Wall clock, milliseconds since 1970 UTC. */
  at: number
  /** Time jumped since the last tick, so that this one is a gap. */
  jumped: boolean
  /** The rows in it are valid until the next tick. */
  containers: SampledContainer[]
}

/** A container that had to fall back is offered to the preferred sources again after so many ticks. */
const TICKS_PER_RETRY = 30
/** Where the two clocks disagree by more, the machine slept or its clock was set. */
const JUMP_MILLIS = 2_000
/** What happened before a tick that is so late is unknown. */
const LONGEST_INTERVAL_MILLIS = 10_000
/**
 * Following a container opens up to a dozen files: a burst of hundreds is spread over ticks, so that
 * nobody's click has to wait for it.
 */
const FOLLOWS_PER_TICK = 50

interface Tracked {
  target: StatsTarget
  source: StatsSource | null
  /** In which of the ticks of a retry it is offered, so that those before it do not use up the follows. */
  turn: number
}

/**
 * Samples all running containers of one engine on a fixed clock: ticks stay in step with the first
 * one, and a late one is not made up for. While there is no container, nothing runs.
 */
export class Sampler {
  readonly #options: SamplerOptions
  readonly #tracked = new Map<string, Tracked>()
  #periodMillis: number
  #undoSchedule: (() => void) | null = null
  #dueMillis = 0
  #lastTick: { wallMillis: number; monotonicMillis: number } | null = null
  #ticks = 0
  #turns = 0
  #follows = 0
  #source: StatsSourceName | null = null

  constructor(options: SamplerOptions) {
    this.#options = options
    this.#periodMillis = options.periodMillis
  }

  /** How containers are read: `engine-api` as soon as one is. Null until the first figures. */
  get source(): StatsSourceName | null {
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

  /** Ticks come in this distance from now on; the next one a period after the last. */
  setPeriod(periodMillis: number): void {
    if (this.#periodMillis === periodMillis) return
    const lastDueMillis = this.#dueMillis - this.#periodMillis
    this.#periodMillis = periodMillis
    if (!this.#undoSchedule) return
    this.#undoSchedule()
    this.#dueMillis = lastDueMillis
    this.#scheduleNext()
  }

  /** Has the limits of a container read at the next tick. */
  limitsChanged(id: string): void {
    const tracked = this.#tracked.get(id)
    tracked?.source?.limitsChanged(tracked.target)
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
      const turn = this.#turns++ % TICKS_PER_RETRY
      this.#tracked.set(target.id, { target, source: null, turn })
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
    const { clock } = this.#options
    const now = clock.monotonicMillis()
    const periods = Math.max(1, Math.floor((now - this.#dueMillis) / this.#periodMillis) + 1)
    this.#dueMillis += periods * this.#periodMillis
    this.#undoSchedule = clock.schedule(() => this.#tick(), this.#dueMillis - now)
  }

  #tick(): void {
    const { sources, onTick } = this.#options
    this.#undoSchedule = null
    // After the last container is gone, one empty tick says so and the clock stops.
    if (this.#tracked.size > 0) this.#scheduleNext()
    const { at, jumped } = this.#readClocks()
    if (jumped) for (const source of sources) source.discontinuity()
    this.#follows = 0
    const telling = new Set<StatsSourceName>()
    const containers: SampledContainer[] = []
    for (const [id, tracked] of this.#tracked) {
      const { values, oomKills } = this.#sample(tracked)
      const source = tracked.source?.name ?? null
      if (source && values !== gap.values) telling.add(source)
      containers.push({ id, values: jumped ? gap.values : values, oomKills, source })
    }
    for (const source of sources) source.tickDone(this.#periodMillis)
    if (telling.size > 0) this.#source = telling.has('engine-api') ? 'engine-api' : 'cgroup'
    this.#ticks++
    onTick({ at, jumped, containers })
  }

  #readClocks(): { at: number; jumped: boolean } {
    const { clock } = this.#options
    const last = this.#lastTick
    const now = { wallMillis: clock.wallMillis(), monotonicMillis: clock.monotonicMillis() }
    this.#lastTick = now
    if (!last) return { at: now.wallMillis, jumped: false }
    const elapsedMillis = now.monotonicMillis - last.monotonicMillis
    const disagreementMillis = Math.abs(now.wallMillis - last.wallMillis - elapsedMillis)
    const longestMillis = Math.max(LONGEST_INTERVAL_MILLIS, 2.5 * this.#periodMillis)
    return {
      at: now.wallMillis,
      jumped: disagreementMillis > JUMP_MILLIS || elapsedMillis > longestMillis,
    }
  }

  /** A source that lost the container leaves a gap; the next tick looks for it anew. */
  #sample(tracked: Tracked): Sample {
    const isTurn = this.#ticks % TICKS_PER_RETRY === tracked.turn
    if (!tracked.source || isTurn) this.#chooseSource(tracked)
    if (!tracked.source) return gap
    const sample = tracked.source.sample(tracked.target.id)
    if (sample) return sample
    tracked.source = null
    return gap
  }

  #chooseSource(tracked: Tracked): void {
    for (const source of this.#options.sources) {
      if (source === tracked.source || this.#follows >= FOLLOWS_PER_TICK) return
      this.#follows++
      if (!source.follow(tracked.target)) continue
      tracked.source?.unfollow(tracked.target.id)
      tracked.source = source
      return
    }
  }
}
