import { setMaxListeners } from 'node:events'
import { Agent } from 'node:http'
import type { Readable } from 'node:stream'
import { inspect } from 'node:util'
import Docker from 'dockerode'
import { linkSignals, timeoutError } from '../deadline'
import { connectionOptions, type Endpoint } from './endpoint'

/** How long an ordinary call may take, milliseconds. */
const callMillis = 30_000

export interface CallOptions {
  /** The caller's own end. */
  signal?: AbortSignal | undefined
  timeoutMillis?: number
}

type Run<Result> = (docker: Docker, abortSignal: AbortSignal) => Promise<Result>

/**
 * dockerode with what it lacks: every call ends. The signal given to `run` goes into dockerode's
 * `abortSignal`; because docker-modem never settles on a body that is cut off, the call is raced
 * against the same signal.
 */
export interface EngineClient {
  /** One question, one answer. Rejects with a TimeoutError after `timeoutMillis` (30 s). */
  call<Result>(run: Run<Result>, options?: CallOptions): Promise<Result>
  /** A stream: the time-out counts until it opens; `signal` and `close()` end it at any time. */
  stream(run: Run<NodeJS.ReadableStream>, options: CallOptions): Promise<Readable>
  close(): void
}

/** `apiVersion` such as `1.41` goes into every path; without it the engine's newest is used. */
export function createClient(endpoint: Endpoint, apiVersion?: string): EngineClient {
  // No kept-alive sockets: a restarted engine would answer on them with resets.
  // docker-modem describes it, with all sockets of all calls under way, for a log that nobody reads: 19 ms
  // of CPU for each of eight calls at once.
  const agent = Object.assign(new Agent({ keepAlive: false }), {
    [inspect.custom]: () => 'Agent',
  })
  // docker-modem takes an agent; its types do not say so.
  const options: Docker.DockerOptions & { agent: Agent } = {
    ...connectionOptions(endpoint),
    protocol: 'http',
    agent,
    ...(apiVersion !== undefined && { version: `v${apiVersion}` }),
  }
  const docker = new Docker(options)
  const closing = new AbortController()
  // One listener a call under way; each is taken off again.
  setMaxListeners(0, closing.signal)
  return {
    async call(run, { signal, timeoutMillis = callMillis } = {}) {
      const link = linkSignals([closing.signal, signal])
      const timer = setTimeout(() => link.abort(timeoutError()), timeoutMillis)
      try {
        return await link.race(run(docker, link.signal))
      } finally {
        clearTimeout(timer)
        link.release()
      }
    },
    async stream(run, { signal, timeoutMillis = callMillis }) {
      const link = linkSignals([closing.signal, signal])
      const timer = setTimeout(() => link.abort(timeoutError()), timeoutMillis)
      try {
        // Node's IncomingMessage, whatever dockerode's types call it.
        const stream = (await link.race(run(docker, link.signal))) as unknown as Readable
        stream.once('close', () => link.release())
        return stream
      } catch (error) {
        link.release()
        throw error
      } finally {
        clearTimeout(timer)
      }
    },
    close() {
      closing.abort()
      agent.destroy()
    },
  }
}
