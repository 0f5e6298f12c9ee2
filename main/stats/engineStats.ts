import type {
  ContainerStats,
  Mark,
  StatsHistory,
  StatsSourceName,
  StatsTick,
} from '../../preload/contract/stats'
import type { EngineLink } from '../engines/handshake'
import { openStream } from '../engines/rawStream'
import { LiveValue } from '../live/value'
import { jsonLines } from '../streams/jsonLines'
import type { History, HistoryQuery } from './history/recorder'
import { createStats, type ContainerToSample, type Stats } from './service'

export interface EngineStatsOptions {
  engineId: string
  history: History
  /** Told how containers are read, at the first figures and when it changes. */
  onSource: (source: StatsSourceName) => void
  /** Told every tick. */
  onTick: (tick: StatsTick) => void
}

/**
 * The statistics of one engine over all its connections: begun at the first, they go on while the
 * engine is away.
 */
export class EngineStats {
  readonly #options: EngineStatsOptions
  readonly #stats = new LiveValue<Stats | null>(null)
  #link: EngineLink | null = null

  constructor(options: EngineStatsOptions) {
    this.#options = options
  }

  connected(link: EngineLink): void {
    this.#link = link
    if (this.#stats.value) return
    const { facts } = link
    this.#stats.value = createStats({
      ...this.#options,
      fetchStats: (id, signal) => this.#fetch(id, signal),
      isLocal: facts.sharesKernel,
      cores: facts.cpuCount,
      machineMemoryBytes: facts.memoryBytes || null,
    })
  }

  setContainers(containers: readonly ContainerToSample[]): void {
    this.#stats.value?.setContainers(containers)
  }

  /** Adds a mark to a container's time axis. */
  mark(id: string, mark: Mark): void {
    this.#stats.value?.mark(id, mark)
  }

  /** A container's newest figures; null where there are none. */
  latest(id: string): ContainerStats | null {
    return this.#stats.value?.latest(id) ?? null
  }

  /** Has a container's limits read at the next tick, where they would wait for their turn. */
  limitsChanged(id: string): void {
    this.#stats.value?.limitsChanged(id)
  }

  async *watch(signal: AbortSignal): AsyncGenerator<StatsTick, void, undefined> {
    for await (const stats of this.#stats.watch(signal)) {
      if (!stats) continue
      yield* stats.watch(signal)
      return
    }
  }

  history(query: HistoryQuery): Promise<StatsHistory> {
    return this.#options.history.read(query)
  }

  watchMarks(id: string, signal: AbortSignal): AsyncGenerator<Mark[], void, undefined> {
    return this.#options.history.watchMarks(id, signal)
  }

  close(): void {
    this.#stats.value?.close()
  }

  async #fetch(id: string, signal: AbortSignal): Promise<unknown> {
    if (!this.#link) throw new Error('The engine is not connected.')
    const { client, dialect, facts } = this.#link
    const query = { stream: false, 'one-shot': true }
    const path = `/containers/${id}/stats`
    const body = await openStream(client, { method: 'GET', path, query }, { signal })
    for await (const answer of jsonLines(body, { signal })) {
      return dialect.statsAnswer(answer, facts.version)
    }
    throw new Error('The engine answered nothing.')
  }
}
