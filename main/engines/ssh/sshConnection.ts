import { say } from '../../../preload/contract/say'
import { linkSignals } from '../../deadline'
import { Failure } from '../../errors'
import type { SshEndpoint } from '../endpoint'
import type { SharedConnection } from '../transport'
import { openChannel, type ChannelStream } from './channelStream'
import { noEngineAt } from './failures'
import { openRoute, type OpenRoute, type SshOptions } from './openRoute'

/**
 * Where Docker's system engine listens by custom. One place and no other: an address must not mean another
 * engine while this one restarts.
 */
const customPath = '/var/run/docker.sock'

/** A connection to the engine's host that is there. */
interface Line {
  route: OpenRoute
  streams: Set<ChannelStream>
}

/**
 * The one connection to the host of an engine, made when it is first asked for; each request goes through a
 * channel of its own. When it is gone its channels fail, and the next request makes a new one.
 */
export class SshConnection implements SharedConnection {
  readonly #endpoint: SshEndpoint
  readonly #options: SshOptions
  readonly #closing = new AbortController()
  #line: Promise<Line> | null = null

  constructor(endpoint: SshEndpoint, options: SshOptions) {
    this.#endpoint = endpoint
    this.#options = options
  }

  async open(signal: AbortSignal): Promise<void> {
    const link = linkSignals([signal])
    try {
      await link.race(this.#connected())
    } finally {
      link.release()
    }
  }

  /** A channel to the engine's socket. */
  async dial(): Promise<ChannelStream> {
    const { route, streams } = await this.#connected()
    const path = this.#endpoint.path ?? customPath
    const stream = await openChannel(
      (done) => route.client.openssh_forwardOutStreamLocal(path, done),
      (error) => route.lost ?? noEngineAt(route.settings, path, error),
    )
    streams.add(stream)
    stream.once('close', () => streams.delete(stream))
    return stream
  }

  close(): void {
    this.#closing.abort(closed())
    this.#line?.then(({ route }) => route.close()).catch(() => undefined)
  }

  #connected(): Promise<Line> {
    if (this.#closing.signal.aborted) return Promise.reject(closed())
    return (this.#line ??= this.#connect())
  }

  async #connect(): Promise<Line> {
    const streams = new Set<ChannelStream>()
    try {
      const route = await openRoute(this.#endpoint, this.#options, {
        signal: this.#closing.signal,
        onLost: (reason) => {
          this.#line = null
          for (const stream of streams) stream.destroy(reason)
        },
      })
      return { route, streams }
    } catch (error) {
      this.#line = null
      throw error
    }
  }
}

function closed(): Failure {
  return new Failure('cancelled', say`The connection to the engine was closed.`)
}
