import type { StatsHistory, StatsTick } from '../../preload/contract/stats'
import { Watcher } from '../live/watcher'
import { CgroupSource } from './cgroupSource'
import { systemClock, type Clock } from './clock'
import type { CpuFormula } from './engineApiAnswer'
import { EngineApiSource, type FetchStats } from './engineApiSource'
import { createRing, type Ring } from './ring'
import { Sampler } from './sampler'
import type { SourceName, StatsTarget } from './source'

export interface StatsOptions {
  fetchStats: FetchStats
  cpuFormula: CpuFormula
  /** The engine's containers run on this machine's own Linux kernel, so their cgroups can be read. */
  isLocal: boolean
  /** Memory of the engine's machine; a limit above it is none. Null: not known. */
  machineMemoryBytes: number | null
  /** Called when `source` changes. */
  onSource?: (source: SourceName) => void
  clock?: Clock
  procRoot?: string
  sysRoot?: string
}

export type ContainerToSample = StatsTarget & { running: boolean }

/** The statistics of one engine. */
export interface Stats {
  /**
   * Tells which containers exist. The running ones are sampled (paused ones run too), the others keep
   * their history, and those that are not named any more are forgotten.
   */
  setContainers(containers: readonly ContainerToSample[]): void
  /**
   * The ticks of the last minute, then each one as it comes. A consumer that is slow gets the latest
   * and misses those before; nothing is queued for it. Ends when `signal` aborts or at `close`.
   */
  watch(signal: AbortSignal): AsyncGenerator<StatsTick, void, undefined>
  /**
   * The last `seconds`, up to 900, before a container's newest sample, whether or not it still runs.
   * Empty columns where nothing was sampled.
   */
  history(id: string, seconds: number): StatsHistory
  /** How the containers are read: `engine-api` as soon as one of them is. Null until it is known. */
  readonly source: SourceName | null
  close(): void
}

const PERIOD_MILLIS = 1_000
const RING_TICKS = 15 * 60
/** What a row's small line shows. */
const RECENT_TICKS = 60
const gap = { cpuPercent: null, memoryBytes: null }

interface Kept {
  readonly ring: Ring<'cpuPercent' | 'memoryBytes'>
  limits: Pick<StatsHistory, 'cpuLimitPercent' | 'memoryLimitBytes'>
}

export function createStats(options: StatsOptions): Stats {
  const { isLocal, machineMemoryBytes, onSource, clock = systemClock } = options
  const roots = { procRoot: options.procRoot ?? '/proc', sysRoot: options.sysRoot ?? '/sys' }
  const api = new EngineApiSource({ ...options, clock, periodMillis: PERIOD_MILLIS })
  const sampler = new Sampler({
    sources: isLocal ? [new CgroupSource({ roots, clock, machineMemoryBytes }), api] : [api],
    clock,
    periodMillis: PERIOD_MILLIS,
    onTick,
  })
  const kept = new Map<string, Kept>()
  const watchers = new Set<Watcher>()
  let running = new Set<string>()
  let recent: StatsTick[] = []
  let source: SourceName | null = null
  let closed = false

  function onTick(tick: StatsTick): void {
    for (const { id, cpuLimitPercent, memoryLimitBytes, ...figures } of tick.containers) {
      const container = keep(id)
      container.ring.push(tick.at, figures)
      container.limits = { cpuLimitPercent, memoryLimitBytes }
    }
    recent = [...recent.slice(1 - RECENT_TICKS), tick]
    for (const watcher of watchers) watcher.notify()
    if (sampler.source === null || sampler.source === source) return
    source = sampler.source
    onSource?.(source)
  }

  function keep(id: string): Kept {
    let container = kept.get(id)
    if (!container) {
      container = {
        ring: createRing(RING_TICKS, ['cpuPercent', 'memoryBytes']),
        limits: { cpuLimitPercent: null, memoryLimitBytes: null },
      }
      kept.set(id, container)
    }
    return container
  }

  return {
    setContainers(containers) {
      if (closed) return
      const existing = new Set(containers.map(({ id }) => id))
      for (const id of kept.keys()) if (!existing.has(id)) kept.delete(id)
      const targets = containers.filter((container) => container.running)
      const stillRunning = new Set(targets.map(({ id }) => id))
      for (const id of running) {
        // The line of one that starts again must not cross the time in between.
        if (!stillRunning.has(id)) kept.get(id)?.ring.push(clock.wallMillis(), gap)
      }
      running = stillRunning
      sampler.track(targets)
    },

    async *watch(signal) {
      const watcher = new Watcher()
      watchers.add(watcher)
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
      }
    },

    history(id, seconds) {
      const container = kept.get(id)
      const rows = container?.ring.read(seconds * 1_000)
      return {
        at: rows?.atMillis ?? [],
        cpuPercent: rows?.column('cpuPercent') ?? [],
        memoryBytes: rows?.column('memoryBytes') ?? [],
        cpuLimitPercent: container?.limits.cpuLimitPercent ?? null,
        memoryLimitBytes: container?.limits.memoryLimitBytes ?? null,
      }
    },

    get source() {
      return source
    },

    close() {
      closed = true
      sampler.close()
      for (const watcher of watchers) watcher.notify()
    },
  }
}
