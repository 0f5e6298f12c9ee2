import type { Clock } from './clock'
import { parseAnswer, type ApiReading } from './engineApiAnswer'
import { field, Rates } from './reading'
import { gap, memoryLimit, type Sample, type StatsSource, type StatsTarget } from './source'

/**
 * Asks the engine for `/containers/{id}/stats?stream=false&one-shot=true` and gives the parsed JSON.
 * Rejects when `signal` aborts.
 */
export type FetchStats = (id: string, signal: AbortSignal) => Promise<unknown>

export interface EngineApiSourceOptions {
  fetchStats: FetchStats
  clock: Clock
  machineMemoryBytes: number | null
  /** Requests under way at once. */
  concurrency?: number
  timeoutMillis?: number
}

const CONCURRENCY = 100
const TIMEOUT_MILLIS = 10_000
/** How long a figure counts as present; twice the container's own rhythm where that is slower. */
const FRESH_MILLIS = 3_000
/** The answer asked for at one tick is told at the next, and its successor comes after that. */
const FRESH_PERIODS = 2.5

interface Followed {
  target: StatsTarget
  rates: Rates
  /** The engine's own time of the newest reading; null: none yet. */
  readAtMillis: number | null
  answeredAtMillis: number
  freshUntilMillis: number
}

interface Request {
  controller: AbortController
  startedAtMillis: number
}

/**
 * Asks the engine, one short request after the other for each container, and computes the rates itself:
 * a counter's increase over the time between the two readings by the engine's own stamps (`read`). For
 * CPU use docker's client divides by the increase of `system_cpu_usage` instead (`stats_helpers.go`),
 * which counts only busy time on Podman (twice too much) and ticks in 10 ms on Docker (0.4 % off where
 * the stamps are 0.05 % off, measured).
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
  /** Between the beginnings of two requests for one container. */
  #periodMillis = 1_000

  constructor(options: EngineApiSourceOptions) {
    this.#options = { concurrency: CONCURRENCY, timeoutMillis: TIMEOUT_MILLIS, ...options }
  }

  follow(target: StatsTarget): boolean {
    this.unfollow(target.id)
    this.#followed.set(target.id, {
      target,
      rates: new Rates(),
      readAtMillis: null,
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
  sample(id: string): Sample | null {
    const followed = this.#followed.get(id)
    if (!followed) return null
    if (this.#now() > followed.freshUntilMillis) return gap
    const { values, oomKills } = followed.rates
    return { values, oomKills }
  }

  tickDone(periodMillis: number): void {
    this.#periodMillis = periodMillis
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
    for (const followed of this.#followed.values()) lose(followed)
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
    const { fetchStats } = this.#options
    const request = { controller: new AbortController(), startedAtMillis: this.#now() }
    this.#requests.set(followed, request)
    try {
      const answer = await fetchStats(followed.target.id, request.controller.signal)
      if (this.#isFollowed(followed)) this.#take(followed, parseAnswer(answer))
    } catch {
      // The figures go stale.
    } finally {
      this.#requests.delete(followed)
      const tookAPeriod = this.#now() - request.startedAtMillis >= this.#periodMillis
      if (tookAPeriod && this.#isFollowed(followed)) this.#waiting.add(followed)
      this.#askNext()
    }
  }

  #take(followed: Followed, answer: ApiReading | null): void {
    if (!answer) {
      lose(followed)
      return
    }
    // The same reading of the engine's once more.
    if (answer.readAtMillis === followed.readAtMillis) return
    const now = this.#now()
    if (now > followed.freshUntilMillis) followed.rates.forget()
    const { cpuLimitCores, memoryLimitBytes } = followed.target
    const { reading } = answer
    reading[field.cpuLimitCores] = cpuLimitCores ?? Number.NaN
    reading[field.memoryLimitBytes] =
      memoryLimit(memoryLimitBytes, this.#options.machineMemoryBytes) ?? Number.NaN
    followed.rates.take(reading, answer.readAtMillis)
    const rhythmMillis = followed.readAtMillis === null ? 0 : now - followed.answeredAtMillis
    followed.readAtMillis = answer.readAtMillis
    followed.answeredAtMillis = now
    followed.freshUntilMillis =
      now + Math.max(FRESH_MILLIS, 2 * rhythmMillis, FRESH_PERIODS * this.#periodMillis)
  }

  #isFollowed(followed: Followed): boolean {
    return this.#followed.get(followed.target.id) === followed
  }

  #now(): number {
    return this.#options.clock.monotonicMillis()
  }
}

/** What was read before tells nothing about what is now. */
function lose(followed: Followed): void {
  followed.rates.forget()
  followed.readAtMillis = null
  followed.freshUntilMillis = 0
}
