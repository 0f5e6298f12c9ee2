import { Agent, type ClientRequestArgs } from 'node:http'
import { createConnection } from 'node:net'
import type { Duplex } from 'node:stream'
import { inspect } from 'node:util'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import type { Endpoint, SshEndpoint } from './endpoint'
import { tcpOptions } from './tcpOptions'
import { dialTls } from './tls/dialTls'

/** The way to one engine. Every request to it goes through `agent`, whatever the protocol is. */
export interface Transport {
  readonly endpoint: Endpoint
  /** For Node's `http.request`: it dials the engine, and neither host nor port of a request count. */
  readonly agent: Agent
  /**
   * Makes ready what all requests share, which may take longer than a request: the connection to the host,
   * for SSH. Resolves at once where there is no such thing.
   */
  open(signal: AbortSignal): Promise<void>
  /** Ends every connection. */
  close(): void
}

export type OpenTransport = (endpoint: Endpoint) => Transport

/** One connection that carries those of all requests. */
export interface SharedConnection {
  open(signal: AbortSignal): Promise<void>
  dial: Dial
  close(): void
}

/** Makes one connection to an engine; rejects with the system's error or a Failure. */
export type Dial = () => Duplex | Promise<Duplex>

/** Nothing is dialled before the first request. */
export function transportOpener(share: (endpoint: SshEndpoint) => SharedConnection): OpenTransport {
  return (endpoint) => {
    if (endpoint.protocol !== 'ssh') return openTransport(endpoint)
    const shared = share(endpoint)
    const agent = new DialingAgent(() => shared.dial())
    return {
      endpoint,
      agent,
      open: (signal) => shared.open(signal),
      close() {
        agent.destroy()
        shared.close()
      },
    }
  }
}

/** For engines that need no SSH; the dialling of others fails. */
export const openTransport: OpenTransport = (endpoint) => {
  const agent = new DialingAgent(dialOf(endpoint))
  return { endpoint, agent, open: () => Promise.resolve(), close: () => agent.destroy() }
}

function dialOf(endpoint: Endpoint): Dial {
  switch (endpoint.protocol) {
    case 'unix':
    case 'npipe':
      return () => createConnection({ path: endpoint.path })
    case 'tcp': {
      const { host, port, tls } = endpoint
      return () =>
        tls ? dialTls(host, port, tls) : createConnection({ host, port, ...tcpOptions })
    }
    case 'ssh':
      return () => Promise.reject(new Failure('invalid-input', say`SSH is not known here.`))
  }
}

class DialingAgent extends Agent {
  readonly #dial: Dial

  constructor(dial: Dial) {
    // No kept-alive sockets: a restarted engine would answer on them with resets.
    super({ keepAlive: false })
    this.#dial = dial
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, connection: Duplex) => void,
  ): Duplex | undefined {
    const connection = this.#dial()
    if (!(connection instanceof Promise)) return connection
    connection.then(
      (made) => callback?.(null, made),
      (error: unknown) => {
        const failure = error instanceof Error ? error : new Error(say`No connection was made.`)
        // Node reads no connection beside an error.
        callback?.(failure, undefined as never)
      },
    )
    return undefined
  }

  /**
   * docker-modem describes it, with all sockets of all calls under way, for a log that nobody reads: 19 ms
   * of CPU for each of eight calls at once.
   */
  [inspect.custom](): string {
    return 'Agent'
  }
}
