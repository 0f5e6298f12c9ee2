import { request } from 'node:http'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { systemCodeOf } from '../systemFiles'
import type { Transport } from './transport'

export interface PingAnswer {
  /** The newest API version the engine speaks, from `/_ping`; null where it did not tell. */
  apiVersion: string | null
}

/**
 * Asks `/_ping`, unversioned: the one call that every engine of every version answers. Rejects with
 * the system's error, a time-out, or `engine-error` when something else listens there.
 */
export async function ping(transport: Transport, signal: AbortSignal): Promise<PingAnswer> {
  const { status, headers, body } = await get(transport, '/_ping', signal)
  if (status === 400 && /\bHTTPS\b/.test(body)) throw needsTls(body.trim())
  if (status !== 200 || body.trim() !== 'OK') {
    throw new Failure(
      'engine-error',
      say`Something listens there, but it is not a container engine.`,
      {
        engineMessage: `HTTP ${status}: ${body.slice(0, 200)}`,
      },
    )
  }
  const version = headers['api-version']
  return { apiVersion: typeof version === 'string' ? version : null }
}

/** What Go's and other servers say to plain HTTP, or an answer that is not HTTP, which a TLS alert is not. */
function needsTls(said: string): Failure {
  return new Failure('engine-error', say`What answers there does not speak plain HTTP.`, {
    engineMessage: said.slice(0, 200),
    hint: say`If it is an engine that speaks TLS, turn TLS on for it.`,
  })
}

/** True when Podman answers there: only Podman has `/libpod/_ping`. */
export async function isPodman(transport: Transport, signal: AbortSignal): Promise<boolean> {
  const { status } = await get(transport, '/libpod/_ping', signal)
  return status === 200
}

interface Answer {
  status: number
  headers: Record<string, unknown>
  body: string
}

/** Longest body that is read, characters: these answers are a few bytes long. */
const bodyLimit = 64 * 1024

function get({ agent }: Transport, path: string, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        agent,
        path,
        method: 'GET',
        headers: { Host: 'longshore' },
        signal,
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (text: string) => {
          body += text
          if (body.length > bodyLimit) response.destroy(new Error('The answer is too long.'))
        })
        response.on('error', reject)
        response.on('end', () => {
          if (!response.complete) reject(new Error('The answer was cut off.'))
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
        })
      },
    )
    // An aborted request reports a plain AbortError; a time-out should say that it was one.
    call.on('error', (error) => {
      const reason: unknown = signal.reason
      if (signal.aborted && reason instanceof Error) reject(reason)
      else reject(systemCodeOf(error)?.startsWith('HPE_') ? needsTls(error.message) : error)
    })
    call.end()
  })
}
