import type { Clock } from './clock'
import {
  cpuPercentBetween,
  parseAnswer,
  type ApiCounters,
  type CpuFormula,
} from './engineApiAnswer'
import { memoryLimit, type StatsSource, type StatsTarget } from './source'

/**
 * Asks the engine for `/containers/{id}/stats?stream=false&one-shot=true` and gives the parsed JSON.
 * Rejects when `signal` aborts.
 */
export type FetchStats = (id: string, signal: AbortSignal) => Promise<unknown>

export interface EngineApiSourceOptions {
  fetchStats: FetchStats
  cpuFormula: CpuFormula
  clock: Clock
  machineMemoryBytes: number | null
  /** Between the beginnings of two requests for one container, milliseconds. */
  periodMillis: number
  /** Requests under way at once. */
  concurrency?: number
  timeoutMillis?: number
}

const CONCURRENCY = 100
const TIMEOUT_MILLIS = 10_000
/** How long a figure counts as present; twice the container's own rhythm where that is slower. */
const FRESH_MILLIS = 3_000

interface Followed {
  target: StatsTarget
  baseline: ApiCounters | null
  figures: { cpuPercent: number | null; memoryBytes: number | null } | null
  answeredAtMillis: number
  freshUntilMillis: number
}

interface Request {
  controller: AbortController
  startedAtMillis: number
}

/**
 * Asks the engine, one short request after the other for each container, and computes the rates itself.
 *
 * Why not the streams: Podman's tick every 5 s, a half-open one looks like a quiet one, and they cost
 * Docker's collector the same. Docker before 25 holds a one-shot request until its collector's next
 * round, about 1 s (moby #46448): so one that took a whole period is followed by the next at once, and
 * no round is missed.
 */
export class EngineApiSource implements StatsSource {
  readonly name = 'engine-api'
  readonly #options: Required<EngineApiSourceOptions>
  readonly #followed = new Map<string, Followed>()
  readonly #requests = new Map<Followed, Request>()
  /** Those waiting for a free place, first come first served. */
  readonly #waiting = new Set<Followed>()

  constructor(options: EngineApiSourceOptions) {
    this.#options = { concurrency: CONCURRENCY, timeoutMillis: TIMEOUT_MILLIS, ...options }
  }

  follow(target: StatsTarget): boolean {
    this.unfollow(target.id)
    this.#followed.set(target.id, {
      target,
      baseline: null,
      figures: null,
      answeredAtMillis: 0,
      freshUntilMillis: 0,
    })
    return true
  }

  limitsChanged(target: StatsTarget): void {
    const followed = this.#followed.get(target.id)
    if (followed) followed.target = target
  }

  /** The newest answer's figures, up to a period old; a gap once no answer has come for too long. */
  sample(id: string) {
    const followed = this.#followed.get(id)
    if (!followed) return null
    const { cpuLimitCores, memoryLimitBytes } = followed.target
    const figures = this.#now() <= followed.freshUntilMillis ? followed.figures : null
    return {
      cpuPercent: figures?.cpuPercent ?? null,
      memoryBytes: figures?.memoryBytes ?? null,
      cpuLimitPercent: cpuLimitCores === null ? null : cpuLimitCores * 100,
      memoryLimitBytes: memoryLimit(memoryLimitBytes, this.#options.machineMemoryBytes),
    }
  }

  tickDone(): void {
    const tooOld = this.#now() - this.#options.timeoutMillis
    for (const { controller, startedAtMillis } of this.#requests.values()) {
      if (startedAtMillis <= tooOld) controller.abort()
    }
    for (const followed of this.#followed.values()) {
      if (!this.#requests.has(followed)) this.#waiting.add(followed)
    }
    this.#askNext()
  }

  discontinuity(): void {
    for (const followed of this.#followed.values()) {
      followed.baseline = null
      followed.figures = null
    }
  }

  unfollow(id: string): void {
    const followed = this.#followed.get(id)
    if (!followed) return
    this.#followed.delete(id)
    this.#waiting.delete(followed)
    this.#requests.get(followed)?.controller.abort()
  }

  close(): void {
    for (const id of this.#followed.keys()) this.unfollow(id)
  }

  #askNext(): void {
    for (const followed of this.#waiting) {
      if (this.#requests.size >= this.#options.concurrency) return
      this.#waiting.delete(followed)
      void this.#ask(followed)
    }
  }

  /** Never rejects: what fails shows as a gap, and the connection's state is told elsewhere. */
  async #ask(followed: Followed): Promise<void> {
    const { fetchStats, periodMillis } = this.#options
    const request = { controller: new AbortController(), startedAtMillis: this.#now() }
    this.#requests.set(followed, request)
    try {
      const answer = await fetchStats(followed.target.id, request.controller.signal)
      if (this.#isFollowed(followed)) this.#take(followed, parseAnswer(answer))
    } catch {
      // The figures go stale.
    } finally {
      this.#requests.delete(followed)
      const tookAPeriod = this.#now() - request.startedAtMillis >= periodMillis
      if (tookAPeriod && this.#isFollowed(followed)) this.#waiting.add(followed)
      this.#askNext()
    }
  }

  #take(followed: Followed, counters: ApiCounters | null): void {
    const now = this.#now()
    const { baseline } = followed
    // The same reading of the engine's once more.
    if (baseline && counters?.readAtMillis === baseline.readAtMillis) return
    const lostTrack = now > followed.freshUntilMillis
    followed.baseline = counters
    followed.figures = counters && {
      cpuPercent:
        baseline && !lostTrack
          ? cpuPercentBetween(baseline, counters, this.#options.cpuFormula)
          : null,
      memoryBytes: counters.memoryBytes,
    }
    const rhythmMillis = baseline ? now - followed.answeredAtMillis : 0
    followed.answeredAtMillis = now
    followed.freshUntilMillis = now + Math.max(FRESH_MILLIS, 2 * rhythmMillis)
  }

  #isFollowed(followed: Followed): boolean {
    return this.#followed.get(followed.target.id) === followed
  }

  #now(): number {
    return this.#options.clock.monotonicMillis()
  }
}
