import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import type { TlsSettings } from '../../../preload/contract/engines'
import { tcpOptions } from '../tcpOptions'
import { explainTls } from './failures'
import { readMaterial } from './material'

/** A server that hangs up so soon after both agreed, milliseconds, did so because of what it was shown. */
const atOnceMillis = 1_000

/**
 * Dials a `tcp://` engine by TLS. The socket is given before both have agreed: what is written waits for
 * that, and its errors are Failures in words. Rejects where the files do not do, see `readMaterial`.
 *
 * Without `verify` whoever answers is believed, which a person must have chosen; the client certificate is
 * shown all the same.
 */
export async function dialTls(host: string, port: number, tls: TlsSettings): Promise<TLSSocket> {
  const material = await readMaterial(tls)
  const socket = connect({
    ...{ host, port, ...tcpOptions, ...material },
    // An address is no server name (RFC 6066, 3); it is compared with the certificate all the same.
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: tls.verify,
  })
  let agreedAt = -Infinity
  socket.once('secureConnect', () => {
    agreedAt = performance.now()
  })
  // The only way that all errors go: those after the handshake are emitted without destroying the socket.
  const emit = socket.emit.bind(socket)
  socket.emit = (event: string | symbol, ...rest: unknown[]) => {
    const [error] = rest
    if (event !== 'error' || !(error instanceof Error)) return emit(event, ...rest)
    const facts = {
      host,
      caGiven: tls.caFile !== null,
      certificateGiven: tls.certFile !== null,
      refusedAtOnce: socket.bytesRead === 0 && performance.now() - agreedAt < atOnceMillis,
    }
    return emit(event, explainTls(error, facts))
  }
  return socket
}
