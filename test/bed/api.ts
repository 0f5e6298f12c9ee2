import { request } from 'node:http'
import type { Readable } from 'node:stream'
import type { EngineFacts } from './engine'

const DEADLINE_MILLIS = 120_000

interface Answer {
  status: number
  body: string
}

/**
 * One request to the engine's API, without any client library between: what the bed makes must not
 * rest on the code under test. Rejects only when there is no answer.
 *
 * @param path With the query, without an API version: the engine takes its newest.
 * @param body A tar; its stream is sent chunked.
 */
export function engineRequest(
  engine: Pick<EngineFacts, 'socket'>,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: Readable,
  deadlineMillis = DEADLINE_MILLIS,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        socketPath: engine.socket,
        method,
        path,
        headers: body ? { 'content-type': 'application/x-tar' } : {},
        signal: AbortSignal.timeout(deadlineMillis),
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => (text += chunk))
        answer.on('error', reject)
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }))
      },
    )
    outgoing.on('error', reject)
    if (body) body.on('error', reject).pipe(outgoing)
    else outgoing.end()
  })
}

/** Whether the engine answers its ping. */
export async function answers(engine: Pick<EngineFacts, 'socket'>): Promise<boolean> {
  try {
    return (await engineRequest(engine, 'GET', '/_ping', undefined, 1000)).status === 200
  } catch {
    return false
  }
}
