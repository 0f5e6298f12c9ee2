import type { ContainerStats, Mark, StatsSourceName, StatsTick } from '../../preload/contract/stats'
import { Watcher } from '../live/watcher'
import { CgroupSource } from './cgroupSource'
import { systemClock, type Clock } from './clock'
import { EngineApiSource, type FetchStats } from './engineApiSource'
import type { ContainerIdentity, History, Recorder } from './history/recorder'
import { Machine } from './machine'
import { limitsOf, marksBetween, sameLimits, type Life, type Limits } from './marks'
import { Sampler, type SampledContainer, type SampledTick } from './sampler'
import { gap, type StatsTarget } from './source'

export interface StatsOptions {
  engineId: string
  history: History
  fetchStats: FetchStats
  /** The engine's containers run on this machine's own Linux kernel, so their cgroups can be read. */
  isLocal: boolean
  /** Of the engine's machine. */
  cores: number
  /** Memory of the engine's machine; a limit above it is none. Null: not known. */
  machineMemoryBytes: number | null
  /** Called when `source` changes. */
  onSource?: (source: StatsSourceName) => void
  /** Called with every tick, before any watcher has it. */
  onTick?: (tick: StatsTick) => void
  clock?: Clock
  procRoot?: string
  sysRoot?: string
}

/** A container as the statistics want to know it. */
export interface ContainerToSample extends StatsTarget, Omit<ContainerIdentity, 'engineId'>, Life {
  /** It has processes; a paused one too. */
  running: boolean
}

/** The statistics of one engine. */
export interface Stats {
  /**
   * Tells which containers exist. The running ones are sampled (paused ones run too), and what happened
   * to each since the last call becomes a mark.
   */
  setContainers(containers: readonly ContainerToSample[]): void
  /** A container's figures at the newest tick; null where there are none. */
  latest(id: string): ContainerStats | null
  /** Has a container's limits read at the next tick. */
  limitsChanged(id: string): void
  /** Adds a mark to a container that is there. */
  mark(id: string, mark: Mark): void
  /**
   * The ticks of the last minute, then each one as it comes. A consumer that is slow gets the latest
   * and misses those before; nothing is queued for it. Ends when `signal` aborts or at `close`. While
   * there is a consumer, ticks come every second, otherwise every ten.
   */
  watch(signal: AbortSignal): AsyncGenerator<StatsTick, void, undefined>
  /** How the containers are read: `engine-api` as soon as one of them is. Null until it is known. */
  readonly source: StatsSourceName | null
  close(): void
}

const WATCHED_PERIOD_MILLIS = 1_000
const UNWATCHED_PERIOD_MILLIS = 10_000
/** A page that is reloaded, or covered for a moment, finds the fine rhythm still there. */
const LINGER_MILLIS = 15_000
/** What a row's small line shows. */
const RECENT_TICKS = 60

interface Kept {
  container: ContainerToSample
  /** Null for a container that never ran while it was looked at. */
  recorder: Recorder | null
  limits: Limits | null
}

export function createStats(options: StatsOptions): Stats {
  const { history, isLocal, machineMemoryBytes, onSource, onTick, clock = systemClock } = options
  const roots = { procRoot: options.procRoot ?? '/proc', sysRoot: options.sysRoot ?? '/sys' }
  const api = new EngineApiSource({ ...options, clock })
  const machine = new Machine({
    procRoot: isLocal ? roots.procRoot : null,
    cores: options.cores,
    memoryBytes: machineMemoryBytes,
  })
  const sampler = new Sampler({
    sources: isLocal ? [new CgroupSource({ roots, clock, machineMemoryBytes }), api] : [api],
    clock,
    periodMillis: WATCHED_PERIOD_MILLIS,
    onTick: take,
  })
  let kept = new Map<string, Kept>()
  const watchers = new Set<Watcher>()
  let undoLinger: (() => void) | null = null
  let recent: StatsTick[] = []
  let source: StatsSourceName | null = null
  let closed = false
  linger()

  function take({ at, jumped, containers }: SampledTick): void {
    if (jumped) machine.discontinuity()
    for (const sampled of containers) record(at, sampled)
    const tick = { at, containers: containers.map(messageOf), machine: machine.read() }
    recent = [...recent.slice(1 - RECENT_TICKS), tick]
    onTick?.(tick)
    for (const watcher of watchers) watcher.notify()
    if (sampler.source === null || sampler.source === source) return
    source = sampler.source
    onSource?.(source)
  }

  function record(at: number, { id, values, oomKills }: SampledContainer): void {
    const container = kept.get(id)
    if (!container) return
    container.recorder ??= recorderOf(container.container)
    const { recorder } = container
    recorder.push(at, values)
    if (oomKills > 0) recorder.mark({ kind: 'oom', at, kills: oomKills })
    if (values === gap.values) return
    const limits = limitsOf(values)
    if (container.limits && !sameLimits(limits, container.limits)) {
      recorder.mark({ kind: 'limits', at, ...limits })
    }
    container.limits = limits
  }

  function recorderOf(container: ContainerToSample): Recorder {
    const { id, name, createdAt, composeProject, composeService, composeNumber } = container
    const compose = { composeProject, composeService, composeNumber }
    return history.recorder({ id, engineId: options.engineId, name, createdAt, ...compose })
  }

  /** What is new about one container. */
  function look(before: Kept | undefined, container: ContainerToSample): Kept {
    const { id, running } = container
    const isKept = running || before?.recorder || history.knows(id)
    const recorder = isKept ? recorderOf(container) : null
    for (const mark of marksBetween(before?.container ?? null, container, clock.wallMillis())) {
      recorder?.mark(mark)
    }
    // The line of one that starts again must not cross the time in between, nor is its limit a change.
    const ended = before?.container.running === true && !running
    if (ended) recorder?.push(clock.wallMillis(), gap.values)
    return { container, recorder, limits: ended ? null : (before?.limits ?? null) }
  }

  /** What was removed while it ran ended with that; how, the engine cannot be asked any more. */
  function leave({ container, recorder }: Kept): void {
    if (!container.running || !recorder) return
    const at = clock.wallMillis()
    recorder.push(at, gap.values)
    recorder.mark({ kind: 'stop', at, exitCode: null })
  }

  /** Goes on at the fine rhythm for a while, then at the coarse one until somebody watches. */
  function linger(): void {
    undoLinger = clock.schedule(() => sampler.setPeriod(UNWATCHED_PERIOD_MILLIS), LINGER_MILLIS)
  }

  return {
    setContainers(containers) {
      if (closed) return
      const before = kept
      kept = new Map(containers.map((one) => [one.id, look(before.get(one.id), one)]))
      for (const [id, gone] of before) if (!kept.has(id)) leave(gone)
      sampler.track(containers.filter(({ running }) => running))
    },

    latest(id) {
      return recent.at(-1)?.containers.find((container) => container.id === id) ?? null
    },

    limitsChanged(id) {
      sampler.limitsChanged(id)
    },

    mark(id, mark) {
      kept.get(id)?.recorder?.mark(mark)
    },

    async *watch(signal) {
      const watcher = new Watcher()
      watchers.add(watcher)
      undoLinger?.()
      sampler.setPeriod(WATCHED_PERIOD_MILLIS)
      try {
        let shown = recent.at(-1)
        yield* recent
        while (!closed && (await watcher.next(signal, 0))) {
          const latest = recent.at(-1)
          if (latest === undefined || latest === shown) continue
          shown = latest
          yield latest
        }
      } finally {
        watchers.delete(watcher)
        if (watchers.size === 0 && !closed) linger()
      }
    },

    get source() {
      return source
    },

    close() {
      closed = true
      undoLinger?.()
      sampler.close()
      machine.close()
      for (const watcher of watchers) watcher.notify()
    },
  }
}

/** Enough for any chart; it keeps messages short. */
const DECIMALS = 1_000

function messageOf({ id, values, source }: SampledContainer): ContainerStats {
  return {
    id,
    values: Array.from(values, (value) =>
      Number.isNaN(value) ? null : Math.round(value * DECIMALS) / DECIMALS,
    ),
    source,
  }
}
