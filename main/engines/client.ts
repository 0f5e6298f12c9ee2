import { setMaxListeners } from 'node:events'
import type { Readable } from 'node:stream'
import Docker from 'dockerode'
import { linkSignals, timeoutError } from '../deadline'
import type { Transport } from './transport'
import { readWholeAnswers } from './wholeAnswers'

/** How long an ordinary call may take, milliseconds. */
const callMillis = 30_000

export interface CallOptions {
  /** The caller's own end. */
  signal?: AbortSignal | undefined
  timeoutMillis?: number
}

type Run<Result> = (docker: Docker, abortSignal: AbortSignal) => Promise<Result>

/**
 * dockerode with what it lacks: every call ends, and its answer is whole. The signal given to `run` goes into
 * dockerode's `abortSignal`, and the call is raced against it.
 */
export interface EngineClient {
  /** One question, one answer. Rejects with a TimeoutError after `timeoutMillis` (30 s). */
  call<Result>(run: Run<Result>, options?: CallOptions): Promise<Result>
  /** A stream: the time-out counts until it opens; `signal` and `close()` end it at any time. */
  stream(run: Run<NodeJS.ReadableStream>, options: CallOptions): Promise<Readable>
  close(): void
}

/**
 * docker-modem takes what is not given from `DOCKER_HOST`, `DOCKER_CERT_PATH` and
 * `DOCKER_CLIENT_TIMEOUT`, which are about one engine of many. With a socket's path it sends a request's
 * path as it is; the agent dials, so any path will do.
 */
const environmentIgnored = {
  ...{ protocol: 'http', socketPath: '/', host: undefined, port: undefined, pathPrefix: '/' },
  ...{ ca: undefined, cert: undefined, key: undefined, timeout: undefined },
}

/** `apiVersion` such as `1.41` goes into every path; without it the engine's newest is used. */
export function createClient({ agent }: Transport, apiVersion?: string): EngineClient {
  const docker = new Docker({
    ...environmentIgnored,
    agent,
    ...(apiVersion !== undefined && { version: `v${apiVersion}` }),
  } as Docker.DockerOptions)
  readWholeAnswers(docker.modem)
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
    },
  }
}
