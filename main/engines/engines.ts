import type {
  EngineAddress,
  EngineSettings,
  EnginesMessage,
  Offer,
  TestAnswer,
} from '../../preload/contract/engines'
import type { HostKey } from '../../preload/contract/hostKeys'
import type { Problem } from '../../preload/contract/errors'
import { say } from '../../preload/contract/say'
import { Failure, toProblem } from '../errors'
import { LiveValue } from '../live/value'
import { log } from '../log'
import { createQueue } from '../queue'
import type { History } from '../stats/history/recorder'
import type { AddedEngines } from './addedEngines'
import { discover, type Discovery, type FoundEngine } from './discovery'
import { endpointOf, engineIdOf, isLocal, type Endpoint } from './endpoint'
import { shakeHands } from './handshake'
import type { HostKeys } from './hostKeys/hostKeys'
import { identityOf } from './identity'
import type { OwnPodman } from './ownPodman'
import type { Surroundings } from './places'
import { Session, type StatsListener } from './session'
import type { OpenTransport } from './transport'

/** Between two searches while no engine is known, milliseconds. */
const searchAgainMillis = 5_000
/** The same where another host refused us: hosts lock out who tries often. */
const searchRefusedMillis = 60_000

const foundByAdding = 'added here'

export interface EnginesOptions {
  surroundings: Surroundings
  openTransport: OpenTransport
  hostKeys: HostKeys
  /** Those that a person added. */
  added: AddedEngines
  /** What `--engine` asked for: an address, or a name from the places. Null: find one. */
  asked: string | null
  /** Starts Podman's service when nothing else answers; null where that is not wanted. */
  ownPodman: OwnPodman | null
  /** The memory of the statistics, of all engines. */
  history: History
  statsListener: StatsListener
}

/** Every engine that was found or added, each with its own session: one that hangs delays no other. */
export class Engines {
  readonly live = new LiveValue<EnginesMessage>({
    searching: true,
    engines: [],
    attempts: [],
    offers: [],
  })
  readonly #options: EnginesOptions
  readonly #sessions = new Map<string, Session>()
  /** Found ones that a person removed, by `identityOf`; they stay away until the person searches. */
  readonly #removed = new Set<string>()
  /** What was added, in its order; also those that are not connected to, for another engine was asked for. */
  #kept: readonly EngineSettings[] = []
  #offers: readonly Offer[] = []
  readonly #change = createQueue()
  #searching: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(options: EnginesOptions) {
    this.#options = options
  }

  /** Connects to the engines that were added, and looks for others. */
  async start(): Promise<void> {
    await this.#change(async () => {
      this.#kept = await this.#options.added.read()
      if (this.#options.asked === null) for (const settings of this.#kept) this.#openKept(settings)
    })
    await this.search()
  }

  /** The session of one engine; throws `not-found`. */
  get(engineId: string): Session {
    const session = this.#sessions.get(engineId)
    if (session) return session
    throw new Failure('not-found', say`This engine is not known here.`, {
      hint: say`Choose another engine, or search again.`,
    })
  }

  /** Looks in all places; engines that are known stay, new ones join. One search at a time. */
  search(): Promise<void> {
    this.#removed.clear()
    return this.#searchOnce()
  }

  /** Keeps an engine and connects to it; one that was found becomes one that was added. */
  add(settings: EngineSettings): Promise<string> {
    return this.#change(async () => {
      const endpoint = endpointOf(settings)
      const known = await this.#sessionsAt(endpoint)
      if (known.some(({ connection }) => connection.engine.value.settings)) throw alreadyKnown()
      await this.#keep([...this.#kept.filter((kept) => !isFor(kept, endpoint)), settings])
      for (const { connection } of known) await this.#close(engineIdOf(connection.endpoint))
      return this.#openAdded(endpoint, settings)
    })
  }

  /** Throws `not-found` for one that was not added, and `conflict` for another one's address. */
  change(engineId: string, settings: EngineSettings): Promise<string> {
    return this.#change(async () => {
      const before = this.get(engineId).connection.engine.value.settings
      if (!before) {
        throw new Failure('not-found', say`This engine was found, not added: it has no settings.`)
      }
      const endpoint = endpointOf(settings)
      const known = await this.#sessionsAt(endpoint)
      if (known.some(({ connection }) => engineIdOf(connection.endpoint) !== engineId)) {
        throw alreadyKnown()
      }
      await this.#keep(this.#kept.map((kept) => (kept === before ? settings : kept)))
      await this.#close(engineId)
      return this.#openAdded(endpoint, settings)
    })
  }

  remove(engineId: string): Promise<void> {
    return this.#change(async () => {
      const { endpoint, engine } = this.get(engineId).connection
      const { settings } = engine.value
      if (settings) await this.#keep(this.#kept.filter((kept) => kept !== settings))
      else this.#removed.add(await identityOf(endpoint))
      await this.#close(engineId)
      this.#publish({})
    })
  }

  /** Reaches an engine once; throws what a connection would fail of. */
  async test(address: EngineAddress, signal: AbortSignal): Promise<TestAnswer> {
    const transport = this.#options.openTransport(endpointOf(address))
    const start = performance.now()
    try {
      const { client, dialect, facts } = await shakeHands(transport, signal)
      client.close()
      const { version, apiVersion, platform } = facts
      const millis = Math.round(performance.now() - start)
      return { kind: dialect.kind, version, apiVersion, platform, millis }
    } finally {
      transport.close()
    }
  }

  /** Trusts a host's key, and tries the engines again that wait for it. Throws as `HostKeys.trust` does. */
  async trustHost(key: HostKey): Promise<void> {
    await this.#options.hostKeys.trust(key)
    const waits = ({ problem }: { problem: Problem | null }) =>
      problem?.hostKey?.host === key.host && problem.hostKey.port === key.port
    for (const { connection } of this.#sessions.values()) {
      if (waits(connection.engine.value)) connection.reconnectNow()
    }
    if (this.live.value.attempts.some(waits)) void this.#searchOnce()
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    // A change that is under way may open a session.
    await Promise.all([this.#searching, this.#change(() => Promise.resolve())])
    await Promise.all([...this.#sessions.values()].map((session) => session.close()))
    await this.#options.ownPodman?.stop()
  }

  #searchOnce(): Promise<void> {
    this.#searching ??= this.#search().finally(() => {
      this.#searching = null
    })
    return this.#searching
  }

  async #search(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#publish({ searching: true })
    const { surroundings, openTransport, asked, ownPodman } = this.#options
    let result: Discovery = { found: [], attempts: [], offers: [] }
    const joining: Promise<void>[] = []
    try {
      result = await discover(surroundings, openTransport, asked, (found) => {
        joining.push(this.#join(found))
      })
      if (ownPodman && asked === null && result.found.length === 0 && !this.#hasLocal()) {
        joining.push(...(await ownPodman.start()).map((found) => this.#join(found)))
      }
    } catch (error) {
      log.warn({ error }, 'the search for engines failed')
      const problem = toProblem(error)
      result.attempts.push({ foundBy: asked ?? '', endpoint: asked ?? '', problem })
    }
    await Promise.all(joining)
    if (this.#closed) return
    this.#offers = result.offers
    this.#publish({ searching: false, attempts: result.attempts })
    if (this.#sessions.size === 0) {
      const isRefused = result.attempts.some(({ problem }) => isRefusal(problem))
      const millis = isRefused ? searchRefusedMillis : searchAgainMillis
      this.#timer = setTimeout(() => void this.#searchOnce(), millis)
    }
  }

  #hasLocal(): boolean {
    return [...this.#sessions.values()].some(({ connection }) => isLocal(connection.endpoint))
  }

  async #keep(added: readonly EngineSettings[]): Promise<void> {
    await this.#options.added.write(added)
    this.#kept = added
  }

  #openKept(settings: EngineSettings): void {
    try {
      this.#open({ endpoint: endpointOf(settings), foundBy: foundByAdding, settings })
    } catch (error) {
      log.warn({ error }, 'an engine that was added has an address that cannot be read')
    }
  }

  #openAdded(endpoint: Endpoint, settings: EngineSettings): string {
    this.#open({ endpoint, foundBy: foundByAdding, settings })
    this.#publish({})
    return engineIdOf(endpoint)
  }

  /** Connects to an engine that was found, if it is not known by this way or another. */
  #join(found: FoundEngine): Promise<void> {
    return this.#change(async () => {
      const removed = this.#removed.has(await identityOf(found.endpoint))
      const known = await this.#sessionsAt(found.endpoint)
      if (removed || known.length > 0 || this.#closed) return
      this.#open({ ...found, settings: null })
      this.#publish({})
    })
  }

  /** Those that are reached at an endpoint, by this way or another. */
  async #sessionsAt(endpoint: Endpoint): Promise<Session[]> {
    const identity = await identityOf(endpoint)
    const sessions = [...this.#sessions.values()]
    const same = await Promise.all(
      sessions.map(async ({ connection }) => (await identityOf(connection.endpoint)) === identity),
    )
    return sessions.filter((_session, at) => same[at])
  }

  #open(found: { endpoint: Endpoint; foundBy: string; settings: EngineSettings | null }): void {
    const { openTransport, history, statsListener } = this.#options
    const changed = () => this.#publish({})
    const session = new Session({ ...found, openTransport, history, statsListener, changed })
    this.#sessions.set(engineIdOf(found.endpoint), session)
    session.start()
  }

  async #close(id: string): Promise<void> {
    const session = this.#sessions.get(id)
    this.#sessions.delete(id)
    await session?.close()
  }

  #publish(changes: Partial<EnginesMessage>): void {
    this.live.value = {
      ...this.live.value,
      ...changes,
      engines: [...this.#sessions.values()].map((session) => session.connection.engine.value),
      offers: this.#offers.filter((offer) => !this.#sessions.has(engineIdOf(endpointOf(offer)))),
    }
  }
}

/** True where an engine that was added is reached at this endpoint. */
function isFor(kept: EngineSettings, endpoint: Endpoint): boolean {
  try {
    return engineIdOf(endpointOf(kept)) === engineIdOf(endpoint)
  } catch {
    return false
  }
}

/** Whether another host did not let us in, or could not prove who it is. */
function isRefusal({ code }: Problem): boolean {
  return code === 'unauthorized' || code === 'untrusted-host'
}

function alreadyKnown(): Failure {
  return new Failure('conflict', say`This engine is known here already.`, {
    hint: say`It is in the list of engines.`,
  })
}
