import type { EnginesMessage } from '../../preload/contract/engines'
import { Failure, toProblem } from '../errors'
import { LiveValue } from '../live/value'
import { log } from '../log'
import { discover, type Discovery } from './discovery'
import { engineIdOf } from './endpoint'
import type { OwnPodman } from './ownPodman'
import type { Surroundings } from './places'
import type { History } from '../stats/history/recorder'
import { Session, type StatsListener } from './session'

/** Between two searches while no engine is known, milliseconds. */
const searchAgainMillis = 5_000

export interface EnginesOptions {
  surroundings: Surroundings
  /** What `--engine` asked for: an address, or a name from the places. Null: find one. */
  asked: string | null
  /** Starts Podman's service when nothing else answers; null where that is not wanted. */
  ownPodman: OwnPodman | null
  /** The memory of the statistics, of all engines. */
  history: History
  statsListener: StatsListener
}

/** Every engine that was found, each with its own session: one that hangs delays no other. */
export class Engines {
  readonly live = new LiveValue<EnginesMessage>({ searching: true, engines: [], attempts: [] })
  readonly #options: EnginesOptions
  readonly #sessions = new Map<string, Session>()
  #searching: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(options: EnginesOptions) {
    this.#options = options
  }

  /** The session of one engine; throws `not-found`. */
  get(engineId: string): Session {
    const session = this.#sessions.get(engineId)
    if (session) return session
    throw new Failure('not-found', 'This engine is not known here.', {
      hint: 'Choose another engine, or search again.',
    })
  }

  /** Looks in all places; engines that are known stay, new ones join. One search at a time. */
  search(): Promise<void> {
    this.#searching ??= this.#search().finally(() => {
      this.#searching = null
    })
    return this.#searching
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#searching
    await Promise.all([...this.#sessions.values()].map((session) => session.close()))
    await this.#options.ownPodman?.stop()
  }

  async #search(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#publish({ searching: true })
    const { surroundings, asked, ownPodman } = this.#options
    let result: Discovery = { found: [], attempts: [] }
    try {
      result = await discover(surroundings, asked)
      if (result.found.length === 0 && this.#sessions.size === 0 && asked === null && ownPodman) {
        result.found.push(...(await ownPodman.start()))
      }
    } catch (error) {
      log.warn({ error }, 'the search for engines failed')
      const problem = toProblem(error)
      result.attempts.push({ foundBy: asked ?? '', endpoint: asked ?? '', problem })
    }
    if (this.#closed) return
    for (const { endpoint, foundBy } of result.found) {
      const id = engineIdOf(endpoint)
      if (this.#sessions.has(id)) continue
      const { history, statsListener } = this.#options
      const changed = () => this.#publish({})
      const session = new Session({ endpoint, foundBy, history, statsListener, changed })
      this.#sessions.set(id, session)
      session.start()
    }
    this.#publish({ searching: false, attempts: result.attempts })
    if (this.#sessions.size === 0) {
      this.#timer = setTimeout(() => void this.search(), searchAgainMillis)
    }
  }

  #publish(changes: Partial<EnginesMessage>): void {
    this.live.value = {
      ...this.live.value,
      ...changes,
      engines: [...this.#sessions.values()].map((session) => session.connection.engine.value),
    }
  }
}
