import { lookup } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { isIP, isIPv6 } from 'node:net'
import { createSecureContext } from 'node:tls'
import { withDeadline } from '../deadline'
import { LaunchError, type ListenFlags } from '../launch'
import { isLoopback } from './loopback'
import { readPrivateFile, readTokenFile } from './secretFiles'

const lookupMillis = 10_000

/** Where browser mode listens, and what it takes to be let in there. */
export interface Listen {
  /** The IP address that is bound. */
  address: string
  /** The host in the address that a person opens. */
  shownHost: string
  /** The hosts that it answers to, without port, in lower case; IPv6 in brackets. */
  hosts: readonly string[]
  /** PEM; null: plain HTTP, which is for loopback only. */
  tls: { cert: Buffer; key: Buffer } | null
  /** Opens it as often as it is wanted; null: one-time tokens, which the terminal shows. */
  fileToken: string | null
}

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]']

export const usualListen: Listen = {
  address: '127.0.0.1',
  shownHost: '127.0.0.1',
  hosts: loopbackHosts,
  tls: null,
  fileToken: null,
}

/**
 * Makes what the flags ask for. What is served commands the engine, which is root on this machine: an
 * address that others can reach takes TLS and a token from a file. Throws `LaunchError`, in words,
 * for what cannot be had or must not be.
 */
export async function makeListen(flags: ListenFlags): Promise<Listen> {
  const host = flags.host ?? usualListen.shownHost
  const addresses = await addressesOf(host)
  const [address = host] = addresses
  const isLocal = addresses.every(isLoopback)
  if (!isLocal) refuseUnguarded(host, flags)
  const tls = await readTls(flags)
  const fileToken = flags.tokenFile === null ? null : await readTokenFile(flags.tokenFile)
  const named = flags.names.map((name) => inAddress(name.toLowerCase()))
  const isEverywhere = address === '0.0.0.0' || address === '::'
  if (isEverywhere && named.length === 0) {
    throw new LaunchError(
      `--listen ${host} is every address of this machine: say by which names it is opened, with --host NAME for each.`,
    )
  }
  const own = isEverywhere ? [] : [inAddress(host.toLowerCase())]
  const hosts = [...new Set([...(isLocal ? loopbackHosts : []), ...own, ...named])]
  return { address, shownHost: named[0] ?? own[0] ?? host, hosts, tls, fileToken }
}

function refuseUnguarded(host: string, { tlsCert, tlsKey, tokenFile }: ListenFlags): void {
  const flags = { '--tls-cert': tlsCert, '--tls-key': tlsKey, '--token-file': tokenFile }
  const missing = Object.entries(flags).flatMap(([flag, value]) => (value === null ? [flag] : []))
  if (missing.length === 0) return
  throw new LaunchError(
    `--listen ${host} can be reached by other machines, and who is let in is root on this one: it takes ` +
      `--tls-cert FILE, --tls-key FILE and --token-file FILE. Missing: ${missing.join(', ')}.\n` +
      'Without them, leave --listen out and use an SSH tunnel: ssh -L 7450:127.0.0.1:7450 HOST',
  )
}

/** Every address that a name stands for: one that is not loopback would be enough to be reached. */
async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host)) return [host]
  try {
    const found = await withDeadline(lookupMillis, () =>
      lookup(host, { all: true, verbatim: true }),
    )
    return found.map(({ address }) => address)
  } catch (error) {
    throw new LaunchError(`--listen ${host}: this name has no address here.`, { cause: error })
  }
}

async function readTls({ tlsCert, tlsKey }: ListenFlags): Promise<Listen['tls']> {
  if (tlsCert === null && tlsKey === null) return null
  if (tlsCert === null || tlsKey === null) {
    throw new LaunchError('--tls-cert and --tls-key belong together: a certificate and its key.')
  }
  const key = await readPrivateFile('--tls-key', tlsKey)
  try {
    const cert = await readFile(tlsCert)
    createSecureContext({ cert, key })
    return { cert, key }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new LaunchError(`--tls-cert ${tlsCert} and its key cannot be used: ${said}`, {
      cause: error,
    })
  }
}

function inAddress(host: string): string {
  return isIPv6(host) ? `[${host}]` : host
}
