import { Duplex } from 'node:stream'
import { say } from '../../preload/contract/say'
import { abortReason } from '../deadline'
import { Failure } from '../errors'
import type { CallOptions, EngineClient } from './client'
import { dial } from './dial'

export interface DuplexRequest {
  /** Of the Engine API without version, with its query, every part of it validated or encoded. */
  path: string
  /** Sent as JSON; left out where the route takes none. */
  body?: object
}

/**
 * Opens a connection that goes both ways (Engine API, "Hijacking"): what is written is the program's
 * standard input, and `end()` closes that while the output is still read. It ends with the client, and its
 * errors need no listener: a broken one closes.
 */
export async function openDuplex(
  client: EngineClient,
  { path, body }: DuplexRequest,
  options: CallOptions = {},
): Promise<Duplex> {
  const stream = await client.stream(async (docker, abortSignal) => {
    const opened = (await dial(docker, {
      path: path.includes('?') ? path : `${path}?`,
      method: 'POST',
      options: { _query: {}, _body: body ?? {} },
      // Without a body Node would send the end of a chunked one, which would be read as input.
      ...(!body && { file: Buffer.alloc(0), headers: { 'Content-Type': 'text/plain' } }),
      abortSignal,
      hijack: true,
      isStream: true,
      statusCodes: { 101: true, 200: true },
    })) as NodeJS.ReadableStream
    if (opened instanceof Duplex) endWith(opened, abortSignal)
    return opened
  }, options)
  if (stream instanceof Duplex) return stream
  stream.destroy()
  throw new Failure('engine-error', say`The engine did not open a connection that goes both ways.`)
}

/** Node lets go of a request's signal once its connection is not HTTP any more. */
function endWith(connection: Duplex, signal: AbortSignal): void {
  const end = () => connection.destroy(abortReason(signal))
  signal.addEventListener('abort', end, { once: true })
  connection.once('close', () => signal.removeEventListener('abort', end))
  connection.on('error', () => undefined)
}
