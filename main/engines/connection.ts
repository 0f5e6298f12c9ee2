import { setTimeout as delay } from 'node:timers/promises'
import type { Engine, EngineSettings, EngineState } from '../../preload/contract/engines'
import type { Problem } from '../../preload/contract/errors'
import { Failure, toFailure, toProblem } from '../errors'
import { LiveValue } from '../live/value'
import { jsonLines } from '../streams/jsonLines'
import type { EngineEvent } from './dialect/dialect'
import { engineIdOf, formatEndpoint, isEncrypted, type Endpoint } from './endpoint'
import { IncompatibleEngine, shakeHands, type EngineLink } from './handshake'
import { watchHeartbeat } from './heartbeat'
import { ping } from './probe'
import type { OpenTransport, Transport } from './transport'

export interface ConnectionOptions {
  endpoint: Endpoint
  foundBy: string
  /** Null for one that was found. */
  settings: EngineSettings | null
  openTransport: OpenTransport
  handlers: ConnectionHandlers
}

export interface ConnectionHandlers {
  /** The engine is there, for the first time or again: list everything anew. */
  synchronise(link: EngineLink, signal: AbortSignal): Promise<void>
  /** Something happened on the engine after `synchronise` began. */
  event(event: EngineEvent, link: EngineLink): void
  /** The connection is gone; what was listed stays shown with its age. */
  lost(): void
  /** Any change of `engine.value`. */
  changed(): void
}

/** Back-off between two attempts, milliseconds: doubled from the first up to the cap, with jitter. */
const backOff = { firstMillis: 200, capMillis: 2_000 }

/**
 * Keeps one engine connected: handshake, listing, then its event stream with a heartbeat beside it;
 * when that ends for whatever reason, the same again after a short wait, for ever.
 */
export class Connection {
  readonly endpoint: Endpoint
  readonly engine: LiveValue<Engine>
  readonly #openTransport: OpenTransport
  readonly #handlers: ConnectionHandlers
  readonly #closing = new AbortController()
  #link: EngineLink | null = null
  #hurry: (() => void) | null = null
  #lastHeardAt: number | null = null
  #running: Promise<void> | null = null

  constructor({ endpoint, foundBy, settings, openTransport, handlers }: ConnectionOptions) {
    this.endpoint = endpoint
    this.#openTransport = openTransport
    this.#handlers = handlers
    this.engine = new LiveValue<Engine>({
      id: engineIdOf(endpoint),
      name: settings?.name || formatEndpoint(endpoint),
      kind: null,
      endpoint: formatEndpoint(endpoint),
      encrypted: isEncrypted(endpoint),
      settings,
      foundBy,
      state: 'connecting',
      stateSince: Date.now(),
      lastHeardAt: null,
      version: null,
      apiVersion: null,
      platform: null,
      cpuCount: null,
      memoryBytes: null,
      rootless: false,
      statsSource: null,
      problem: null,
    })
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** The connected engine; throws `engine-unreachable` while it is not. */
  get link(): EngineLink {
    if (this.#link) return this.#link
    const { problem } = this.engine.value
    throw problem
      ? Failure.from(problem)
      : new Failure('engine-unreachable', 'The engine is not connected yet.', {
          hint: 'Wait a moment and try again.',
        })
  }

  /** The connected engine, a new one after each reconnect; null while there is none. */
  get linkOrNull(): EngineLink | null {
    return this.#link
  }

  /** Tries now instead of waiting for the back-off to end. */
  reconnectNow(): void {
    this.#hurry?.()
  }

  /** Changes facts that others know (the statistics' source). */
  describe(facts: Partial<Pick<Engine, 'statsSource'>>): void {
    this.#publish(facts)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    let failures = 0
    for (;;) {
      const { error, problem } = await this.#connect(signal, () => {
        failures = 0
      })
      if (signal.aborted) return
      this.#setState(stateOf(error, this.engine.value.version !== null), problem)
      await this.#wait(failures++, signal)
    }
  }

  /** One connection from its beginning to its end, which is always a failure of some kind. */
  async #connect(
    closing: AbortSignal,
    connected: () => void,
  ): Promise<{ error: unknown; problem: Problem }> {
    const ending = new AbortController()
    const end = () => ending.abort(closing.reason)
    closing.addEventListener('abort', end, { once: true })
    const { signal } = ending
    const transport = this.#openTransport(this.endpoint)
    let link: EngineLink | null = null
    try {
      link = await shakeHands(transport, signal)
      this.#heard()
      this.#publishFacts(link)
      // Events are asked for from the handshake's time on, so none is lost while everything is listed.
      const events = this.#followEvents(link, signal)
      const fails = watchHeartbeat(this.#heartbeat(transport), signal)
      const ends = Promise.race([events, fails])
      await Promise.race([this.#handlers.synchronise(link, signal), ends])
      this.#link = link
      this.#setState('connected', null)
      connected()
      await ends
      throw new Failure('engine-unreachable', 'The engine closed the connection.', {
        hint: 'It may be restarting; Longshore reconnects by itself.',
      })
    } catch (error) {
      return { error, problem: toProblem(error) }
    } finally {
      closing.removeEventListener('abort', end)
      ending.abort()
      link?.client.close()
      transport.close()
      if (this.#link) {
        this.#link = null
        this.#handlers.lost()
      }
    }
  }

  async #followEvents(link: EngineLink, signal: AbortSignal): Promise<void> {
    // Podman sends the head of this answer with the first event, which may be hours away.
    const stream = await link.client.stream(
      (docker, abortSignal) => docker.getEvents({ since: link.facts.clockSeconds, abortSignal }),
      { signal, timeoutMillis: 2 ** 31 - 1 },
    )
    for await (const raw of jsonLines(stream, { signal })) {
      this.#heard()
      const event = link.dialect.event(raw)
      if (event) this.#handlers.event(event, link)
    }
  }

  #heartbeat(transport: Transport) {
    return {
      beat: async (signal: AbortSignal) => {
        await ping(transport, signal)
        this.#heard()
      },
      intervalMillis: 5_000,
      silentIntervalMillis: 500,
      beatMillis: 3_000,
      onSilence: () =>
        this.#setState('stale', {
          code: 'timeout',
          message: 'The engine has stopped answering.',
          hint: 'It may be busy or paused; Longshore goes on asking.',
        }),
      onRecovery: () => this.#setState('connected', null),
    }
  }

  async #wait(failures: number, signal: AbortSignal): Promise<void> {
    const longest = Math.min(backOff.capMillis, backOff.firstMillis * 2 ** Math.min(failures, 10))
    const millis = longest * (0.5 + Math.random() / 2)
    const hurry = new AbortController()
    this.#hurry = () => hurry.abort()
    const stop = () => hurry.abort()
    signal.addEventListener('abort', stop, { once: true })
    await delay(millis, undefined, { signal: hurry.signal }).catch(() => undefined)
    signal.removeEventListener('abort', stop)
    this.#hurry = null
  }

  #heard(): void {
    this.#lastHeardAt = Date.now()
  }

  #publishFacts({ facts, dialect }: EngineLink): void {
    const { name, version, apiVersion, platform, cpuCount, memoryBytes, rootless } = facts
    this.#publish({
      name: this.engine.value.settings?.name || name || this.engine.value.name,
      kind: dialect.kind,
      version,
      apiVersion,
      platform,
      cpuCount,
      memoryBytes,
      rootless,
    })
  }

  #setState(state: EngineState, problem: Problem | null): void {
    const stateSince = this.engine.value.state === state ? this.engine.value.stateSince : Date.now()
    this.#publish({ state, stateSince, problem })
  }

  #publish(changes: Partial<Engine>): void {
    this.engine.value = { ...this.engine.value, ...changes, lastHeardAt: this.#lastHeardAt }
    this.#handlers.changed()
  }
}

/** The state that a failed connection leaves behind. */
export function stateOf(error: unknown, knownBefore: boolean): EngineState {
  if (error instanceof IncompatibleEngine) return 'incompatible'
  if (toFailure(error).code === 'permission-denied') return 'unauthorized'
  return knownBefore ? 'reconnecting' : 'connecting'
}
