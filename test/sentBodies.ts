import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { EngineFacts } from './bed'

export interface SentBody {
  headers: IncomingHttpHeaders
  /** Without what HTTP puts around it. */
  body: Buffer
}

/**
 * Another socket of an engine, which passes everything on and keeps what was sent to it. One request comes on
 * each connection: the app keeps none alive. Ends with the test.
 */
export async function recordBodies(engine: Pick<EngineFacts, 'socket'>, folder: string) {
  const socket = join(folder, `record-${randomUUID().slice(0, 8)}.sock`)
  const sent: Buffer[][] = []
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(engine.socket)
    for (const end of [client, upstream]) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        open.delete(end)
        upstream.destroy()
        // An answer may still be on its way when the engine has sent all of it.
        if (end === client || !upstream.readableEnded) client.destroy()
      })
    }
    const chunks: Buffer[] = []
    sent.push(chunks)
    client.on('data', (chunk: Buffer) => chunks.push(chunk))
    client.pipe(upstream)
    upstream.pipe(client)
  })
  server.listen(socket)
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const end of open) end.destroy()
  })
  return {
    socket,
    /** The bodies of those requests that have come to their end, whose first line fits. */
    async of(line: RegExp): Promise<SentBody[]> {
      const fitting = sent
        .map((chunks) => Buffer.concat(chunks))
        .filter((raw) => line.test(lineOf(raw)))
      return Promise.all(fitting.map(readRequest))
    },
  }
}

function lineOf(raw: Buffer): string {
  return raw.subarray(0, raw.indexOf('\r\n')).toString('latin1')
}

/** Node's own reading of a request. */
async function readRequest(raw: Buffer): Promise<SentBody> {
  const server = createHttpServer()
  const read = new Promise<SentBody>((resolve, reject) => {
    server.on('request', (request, response) => {
      // An answer before the end of the body would close the connection.
      buffer(request).then((body) => {
        resolve({ headers: request.headers, body })
        response.end()
      }, reject)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = connect(port, '127.0.0.1', () => client.end(raw))
  client.on('error', () => undefined).resume()
  try {
    return await read
  } finally {
    client.destroy()
    server.close()
    server.closeAllConnections()
  }
}
