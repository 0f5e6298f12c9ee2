import type { Duplex } from 'node:stream'
import { Client, type Algorithms, type ConnectConfig } from 'ssh2'
import { abortReason } from '../../deadline'
import type { Failure } from '../../errors'
import type { KeysOfHost } from '../hostKeys/keysOfHost'
import { accessRefused, connectionFailure } from './failures'
import type { HostSettings } from './hostSettings'
import type { Identities } from './identities'

export interface Hop {
  settings: HostSettings
  identities: Identities
  known: KeysOfHost
  /** A stream to the host through the one before it; null: it is dialled. */
  through: Duplex | null
}

const timing = {
  /** From dialling until we are let in, milliseconds: a server may look up our name first. */
  readyTimeout: 20_000,
  /** A connection on which nothing has come for four of these is given up, milliseconds. */
  keepaliveInterval: 5_000,
  keepaliveCountMax: 3,
}

/** Connects to one host that proves who it is and lets us in; throws a Failure that says why not. */
export function connectHop(hop: Hop, signal: AbortSignal): Promise<Client> {
  const { settings, identities, known, through } = hop
  const client = new Client()
  let refusal: Failure | null = null
  let trusted = false
  const config: ConnectConfig = {
    ...timing,
    ...{ host: settings.host, port: settings.port, username: settings.user },
    ...(through && { sock: through }),
    algorithms: algorithmsFor(known),
    hostVerifier: (key: Buffer) => {
      refusal = known.refusalOf(key)
      trusted = refusal === null
      return trusted
    },
    authHandler: identities.methods,
    // Servers that are not OpenSSH can forward to sockets too; one that cannot says so.
    strictVendor: false,
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      signal.removeEventListener('abort', abort)
      client.destroy()
      through?.destroy()
      reject(error)
    }
    const abort = () => fail(abortReason(signal))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    client
      .once('ready', () => {
        signal.removeEventListener('abort', abort)
        resolve(client)
      })
      .on('error', (error: Error & { level?: string }) => {
        // An agent that does not answer, or does not sign: what else there is is tried.
        if (error.level === 'agent') return
        const refused = trusted && isRefusal(error)
        fail(
          refusal ??
            (refused
              ? accessRefused(settings, identities.hint, error)
              : connectionFailure(settings, error)),
        )
      })
      .once('close', () => fail(connectionFailure(settings, new Error('The host hung up.'))))
    try {
      client.connect(config)
    } catch (error) {
      fail(connectionFailure(settings, error))
    }
  })
}

/**
 * All methods were tried, or the server would not hear more of them: RFC 4253, section 11.1 gives
 * its reason as a number, 2 or 14.
 */
function isRefusal(error: Error & { level?: string }): boolean {
  if (error.level === 'client-authentication') return true
  return 'code' in error && (error.code === 2 || error.code === 14)
}

/** The kinds of the known keys come first, as with ssh; of an RSA key all three ways to sign. */
function algorithmsFor({ algorithms }: KeysOfHost): Algorithms {
  const first = algorithms.flatMap((name) =>
    name === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', name] : [name],
  )
  const known = offered.filter((name) => first.includes(name))
  return { serverHostKey: [...known, ...offered.filter((name) => !first.includes(name))] }
}

/** https://github.com/mscdex/ssh2/blob/v1.17.0/lib/protocol/constants.js, without SHA-1. */
const offered = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const
