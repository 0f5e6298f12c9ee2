import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { createServer } from 'node:tls'
import type { Certificate } from './certificates'

export interface TlsFront {
  /** On 127.0.0.1; 0 where it listens on a path. */
  port: number
  /** Closes it with its connections. */
  stop(): Promise<void>
}

export interface TlsFrontOptions {
  certificate: Certificate
  /** Clients must show a certificate of this authority. */
  clientsFrom?: Certificate
  /** A unix socket that it listens on instead of a port. */
  path?: string
  minVersion?: 'TLSv1.2' | 'TLSv1.3'
  maxVersion?: 'TLSv1.2' | 'TLSv1.3'
}

/** Speaks TLS in front of an engine's socket, in this process, as people put a proxy before one that cannot. */
export async function startTlsFront(
  engine: { socket: string },
  { certificate, clientsFrom, path, ...versions }: TlsFrontOptions,
): Promise<TlsFront> {
  const open = new Set<Socket>()
  const server = createServer({
    cert: readFileSync(certificate.certificateFile),
    key: readFileSync(certificate.keyFile),
    ...(clientsFrom && { ca: readFileSync(clientsFrom.certificateFile), requestCert: true }),
    // One side may go on when the other has said all.
    allowHalfOpen: true,
    ...versions,
  })
  server.on('connection', (raw: Socket) => {
    open.add(raw)
    raw.on('close', () => open.delete(raw))
  })
  server.on('tlsClientError', (_error, client) => client.destroy())
  server.on('secureConnection', (client) => {
    const upstream = connect({ path: engine.socket, allowHalfOpen: true })
    for (const end of [client, upstream]) {
      end.on('error', () => undefined)
      end.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => {
    if (path === undefined) server.listen(0, '127.0.0.1', resolve)
    else server.listen(path, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const end of open) end.destroy()
      }),
  }
}
