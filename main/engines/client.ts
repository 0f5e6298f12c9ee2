import { setMaxListeners } from 'node:events'
import { Agent } from 'node:http'
import type { Readable } from 'node:stream'
import Docker from 'dockerode'
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
  const agent = new Agent({ keepAlive: false })
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
      const timer = setTimeout(() => link.abort(timeout()), timeoutMillis)
      try {
        return await link.race(run(docker, link.signal))
      } finally {
        clearTimeout(timer)
        link.release()
      }
    },
    async stream(run, { signal, timeoutMillis = callMillis }) {
      const link = linkSignals([closing.signal, signal])
      const timer = setTimeout(() => link.abort(timeout()), timeoutMillis)
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

function timeout(): Error {
  return new DOMException('The engine did not answer in time.', 'TimeoutError')
}

/**
 * One signal out of several, with an undo. (`AbortSignal.any` has none: on Node 20 every use leaves a
 * little behind in a long-lived source.)
 */
function linkSignals(sources: (AbortSignal | undefined)[]) {
  const controller = new AbortController()
  const listening: { source: AbortSignal; listener: () => void }[] = []
  for (const source of sources) {
    if (!source) continue
    const listener = () => controller.abort(source.reason)
    if (source.aborted) listener()
    source.addEventListener('abort', listener, { once: true })
    listening.push({ source, listener })
  }
  return {
    signal: controller.signal,
    abort: (reason: Error) => controller.abort(reason),
    /** Settles as `work` does, or rejects as soon as the signal aborts. */
    race<Result>(work: Promise<Result>): Promise<Result> {
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          const reason: unknown = controller.signal.reason
          reject(reason instanceof Error ? reason : new DOMException('Cancelled.', 'AbortError'))
        }
        if (controller.signal.aborted) giveUp()
        controller.signal.addEventListener('abort', giveUp, { once: true })
        work.then(resolve, reject)
      })
    },
    release() {
      for (const { source, listener } of listening) source.removeEventListener('abort', listener)
    },
  }
}
