import { isDeepStrictEqual } from 'node:util'
import type { Engine, EngineSettings } from '../../preload/contract/engines'
import type { Problem } from '../../preload/contract/errors'
import { say } from '../../preload/contract/say'
import { linkSignals } from '../deadline'
import { Failure, toProblem } from '../errors'
import { LiveValue } from '../live/value'
import { Watcher } from '../live/watcher'
import { jsonLines } from '../streams/jsonLines'
import { eventOf, initialState, nextState, type ConnectionEvent } from './connectionState'
import type { EngineEvent } from './dialect/dialect'
import { engineIdOf, formatEndpoint, isEncrypted, isLocal, type Endpoint } from './endpoint'
import { shakeHands, type EngineLink } from './handshake'
import { watchHeartbeat, type HeartbeatOptions } from './heartbeat'
import { Pause } from './pause'
import { ping } from './probe'
import { socketIdentity, watchSocket } from './socketWatch'
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
  /** The connection is gone, also in the middle of `synchronise`; what was listed stays shown with its age. */
  lost(): void
  /** Any change of `engine.value`. */
  changed(): void
}

/** Back-off between two attempts, milliseconds: doubled from the first up to the cap, with jitter. */
const backOff = {
  firstMillis: 200,
  capMillis: 1_000,
  /** A host that refuses us locks out who tries often (sshd's PerSourcePenalties, fail2ban). */
  refusedMillis: 60_000,
}

/**
 * Between two beats while all is well, milliseconds. A beat on this machine costs next to nothing; another
 * host's may take a connection and a login each.
 */
const beats = { localMillis: 2_000, remoteMillis: 5_000 }

/** How long broken lines of the event stream are collected before all is listed again, milliseconds. */
const missedMillis = 500

/**
 * Keeps one engine connected: handshake, listing, then its event stream with a heartbeat beside it;
 * when that ends for whatever reason, the same again after a short wait, for ever. Its states are those of
 * connectionState.ts.
 */
export class Connection {
  readonly endpoint: Endpoint
  readonly engine: LiveValue<Engine>
  readonly #openTransport: OpenTransport
  readonly #handlers: ConnectionHandlers
  readonly #closing = new AbortController()
  #link: EngineLink | null = null
  /** Between two attempts, or two beats. */
  readonly #pause = new Pause()
  /** It was connected once. */
  #wasConnected = false
  #attempts = 0
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
      state: initialState,
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
      : new Failure('engine-unreachable', say`The engine is not connected yet.`, {
          hint: say`Wait a moment and try again.`,
        })
  }

  /** The connected engine, a new one after each reconnect; null while there is none. */
  get linkOrNull(): EngineLink | null {
    return this.#link
  }

  /** Tries now instead of waiting for the back-off to end, or asks for a sign of life. */
  reconnectNow(): void {
    this.#attempts = 0
    this.#pause.cut()
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
    while (!this.#closing.signal.aborted) {
      // Watched anew each time: a service's folder may go and come with it.
      const unwatch = watchSocket(this.endpoint, () => this.reconnectNow())
      try {
        await this.#attempt(signal)
        if (signal.aborted) return
        await this.#pause.wait(this.#waitMillis(), signal)
      } finally {
        unwatch()
      }
    }
  }

  /** On its own: `#run` would keep the failure, and its stack the transport, until the next connection ends. */
  async #attempt(signal: AbortSignal): Promise<void> {
    const { error, problem } = await this.#connect(signal)
    if (!signal.aborted) this.#enter(eventOf(error, this.#wasConnected), problem)
  }

  #waitMillis(): number {
    const isRefused = this.engine.value.state === 'unauthorized'
    if (isRefused && !isLocal(this.endpoint)) return backOff.refusedMillis
    return backOffMillis(this.#attempts++)
  }

  /** One connection from its beginning to its end, which is always a failure of some kind. */
  async #connect(closing: AbortSignal): Promise<{ error: unknown; problem: Problem }> {
    const ending = linkSignals([closing])
    const { signal } = ending
    const transport = this.#openTransport(this.endpoint)
    let link: EngineLink | null = null
    try {
      const identity = await socketIdentity(this.endpoint)
      link = await shakeHands(transport, signal, () => this.#enter('answered'))
      this.#publishFacts(link)
      this.#enter('agreed')
      // Events are asked for from the handshake's time on, so none is lost while everything is listed.
      const events = this.#followEvents(link, signal)
      const fails = watchHeartbeat(this.#heartbeat(transport, identity), signal)
      const ends = Promise.race([events, fails])
      await Promise.race([this.#handlers.synchronise(link, signal), ends])
      this.#link = link
      this.#wasConnected = true
      this.#attempts = 0
      this.#lastHeardAt = Date.now()
      this.#enter('synchronised')
      await ends
      throw new Failure('engine-unreachable', say`The engine closed the connection.`, {
        hint: say`It may be restarting; Longshore reconnects by itself.`,
      })
    } catch (error) {
      return { error, problem: toProblem(error) }
    } finally {
      ending.release()
      ending.abort(new DOMException('This connection is over.', 'AbortError'))
      link?.client.close()
      transport.close()
      this.#link = null
      if (link) this.#handlers.lost()
    }
  }

  /** Ends with the stream. A line that cannot be read may have told of anything, so all is listed again. */
  async #followEvents(link: EngineLink, signal: AbortSignal): Promise<void> {
    // Podman sends the head of this answer with the first event, which may be hours away.
    const stream = await link.client.stream(
      (docker, abortSignal) => docker.getEvents({ since: link.facts.clockSeconds, abortSignal }),
      { signal, timeoutMillis: 2 ** 31 - 1 },
    )
    const missed = new Watcher()
    await Promise.race([
      this.#readEvents(jsonLines(stream, { signal, onMalformed: () => missed.notify() }), link),
      this.#listMissed(missed, link, signal),
    ])
  }

  async #readEvents(events: AsyncIterable<unknown>, link: EngineLink): Promise<void> {
    for await (const raw of events) {
      this.#heard()
      const event = link.dialect.event(raw)
      if (event) this.#handlers.event(event, link)
    }
  }

  async #listMissed(missed: Watcher, link: EngineLink, signal: AbortSignal): Promise<void> {
    while (await missed.next(signal, missedMillis)) await this.#handlers.synchronise(link, signal)
  }

  #heartbeat(transport: Transport, identity: string | null): HeartbeatOptions {
    return {
      beat: async (signal) => {
        if ((await socketIdentity(this.endpoint)) !== identity) throw replaced()
        await ping(transport, signal)
        if (this.engine.value.state === 'stale' && this.endpoint.protocol === 'tcp') throw cutOff()
        this.#heard()
      },
      pause: this.#pause,
      intervalMillis: isLocal(this.endpoint) ? beats.localMillis : beats.remoteMillis,
      silentIntervalMillis: 500,
      beatMillis: 3_000,
      onSilence: () =>
        this.#enter('silent', {
          code: 'timeout',
          message: say`The engine has stopped answering.`,
          hint: say`It may be busy or paused; Longshore goes on asking.`,
        }),
    }
  }

  /** What is shown is as old as the last sign of life since all was listed. */
  #heard(): void {
    if (this.#link) this.#lastHeardAt = Date.now()
    this.#enter('heard')
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

  /** The only way into a state. `problem` is why it is not connected; without one it is forgotten. */
  #enter(event: ConnectionEvent, problem: Problem | null = null): void {
    const before = this.engine.value
    const state = nextState(before.state, event)
    if (state !== before.state) this.#publish({ state, stateSince: Date.now(), problem })
    else if (problem && !isDeepStrictEqual(problem, before.problem)) this.#publish({ problem })
  }

  #publish(changes: Partial<Engine>): void {
    this.engine.value = { ...this.engine.value, ...changes, lastHeardAt: this.#lastHeardAt }
    this.#handlers.changed()
  }
}

function backOffMillis(attempts: number): number {
  const longest = Math.min(backOff.capMillis, backOff.firstMillis * 2 ** Math.min(attempts, 10))
  return longest * (0.5 + Math.random() / 2)
}

/** Connections to the engine that was there live on, and would tell of another one than new ones do. */
function replaced(): Failure {
  return new Failure('engine-unreachable', say`The engine's socket was replaced.`, {
    hint: say`Longshore connects to the new one by itself.`,
  })
}

/**
 * Another host was silent and answers new connections: the one that tells of events may be half open, and if it is
 * not, what it has to tell waits for TCP's next try, which comes later the longer the silence was.
 */
function cutOff(): Failure {
  return new Failure('engine-unreachable', say`The engine was cut off for a while.`, {
    hint: say`Longshore connects to it again by itself.`,
  })
}
