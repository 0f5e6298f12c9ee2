import type { StatsHistory, StatsTick } from '../../preload/contract/stats'
import type { EngineLink } from '../engines/handshake'
import { openStream } from '../engines/rawStream'
import { LiveValue } from '../live/value'
import { jsonLines } from '../streams/jsonLines'
import { createStats, type ContainerToSample, type Stats } from './service'
import type { SourceName } from './source'

/**
 * The statistics of one engine over all its connections: begun at the first, they go on with their
 * history while the engine is away.
 */
export class EngineStats {
  readonly #onSource: (source: SourceName) => void
  readonly #stats = new LiveValue<Stats | null>(null)
  #link: EngineLink | null = null

  /** `onSource`: told how containers are read, at the first figures and when it changes. */
  constructor(onSource: (source: SourceName) => void) {
    this.#onSource = onSource
  }

  connected(link: EngineLink): void {
    this.#link = link
    if (this.#stats.value) return
    const { dialect, facts } = link
    this.#stats.value = createStats({
      fetchStats: (id, signal) => this.#fetch(id, signal),
      cpuFormula: dialect.cpuFormula,
      isLocal: facts.sharesKernel,
      machineMemoryBytes: facts.memoryBytes || null,
      onSource: this.#onSource,
    })
  }

  setContainers(containers: readonly ContainerToSample[]): void {
    this.#stats.value?.setContainers(containers)
  }

  async *watch(signal: AbortSignal): AsyncGenerator<StatsTick, void, undefined> {
    for await (const stats of this.#stats.watch(signal)) {
      if (!stats) continue
      yield* stats.watch(signal)
      return
    }
  }

  history(id: string, seconds: number): StatsHistory {
    return (
      this.#stats.value?.history(id, seconds) ?? {
        at: [],
        cpuPercent: [],
        memoryBytes: [],
        cpuLimitPercent: null,
        memoryLimitBytes: null,
      }
    )
  }

  close(): void {
    this.#stats.value?.close()
  }

  async #fetch(id: string, signal: AbortSignal): Promise<unknown> {
    if (!this.#link) throw new Error('The engine is not connected.')
    const query = { stream: false, 'one-shot': true }
    const path = `/containers/${id}/stats`
    const body = await openStream(this.#link.client, { method: 'GET', path, query }, { signal })
    for await (const answer of jsonLines(body, { signal })) return answer
    throw new Error('The engine answered nothing.')
  }
}
