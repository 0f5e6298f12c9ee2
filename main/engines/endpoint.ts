import { createHash } from 'node:crypto'
import type { EngineAddress, SshSettings, TlsSettings } from '../../preload/contract/engines'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'

/** Where an engine listens, and what it takes to be let in there. */
export type Endpoint = LocalEndpoint | TcpEndpoint | SshEndpoint

export interface LocalEndpoint {
  protocol: 'unix' | 'npipe'
  path: string
}

export interface TcpEndpoint {
  protocol: 'tcp'
  host: string
  port: number
  /** Null: nothing is encrypted, and nobody proves who he is. */
  tls: TlsSettings | null
}

export interface SshEndpoint extends SshHost {
  protocol: 'ssh'
  /** The engine's socket on that host; null: where its Docker engine is by custom. */
  path: string | null
  settings: SshSettings
}

/** A host that is reached by SSH. */
export interface SshHost {
  /** Null: ssh's own choice for that host. */
  user: string | null
  host: string
  /** Null: ssh's own choice for that host, mostly 22. */
  port: number | null
}

const noSsh: SshSettings = { identityFile: null, jump: null }

/** Throws `invalid-input` for an address that is none, see `parseEndpoint`. */
export function endpointOf({ address, tls, ssh }: EngineAddress): Endpoint {
  const endpoint = parseEndpoint(address)
  if (endpoint.protocol === 'tcp') return { ...endpoint, tls }
  if (endpoint.protocol === 'ssh') return { ...endpoint, settings: ssh ?? noSsh }
  return endpoint
}

/**
 * Reads `unix:///run/docker.sock`, a bare absolute path, `npipe:////./pipe/docker_engine`,
 * `tcp://host:port` or `ssh://user@host:port/path`. Throws `invalid-input` for anything else.
 */
export function parseEndpoint(text: string): Endpoint {
  if (text.startsWith('/')) return { protocol: 'unix', path: text }
  if (text.startsWith('unix://')) {
    const path = text.slice('unix://'.length)
    if (path.startsWith('/')) return { protocol: 'unix', path }
  }
  if (text.startsWith('npipe://')) {
    return { protocol: 'npipe', path: text.slice('npipe://'.length).replaceAll('/', '\\') }
  }
  if (text.startsWith('\\\\.\\pipe\\')) return { protocol: 'npipe', path: text }
  if (text.startsWith('tcp://')) {
    const url = URL.parse(text)
    if (url?.hostname && url.port && !url.username && !url.password) {
      return { protocol: 'tcp', host: hostOf(url), port: Number(url.port), tls: null }
    }
  }
  if (text.startsWith('ssh://')) {
    const url = URL.parse(text)
    const host = url && sshHostOf(url)
    if (host) {
      const path = decoded(url.pathname)
      if (path !== null) {
        return { protocol: 'ssh', ...host, path: /^\/?$/.test(path) ? null : path, settings: noSsh }
      }
    }
  }
  throw new Failure(
    'invalid-input',
    say`"${shown(text)}" is not an engine address that Longshore can use.`,
    {
      hint: say`Give a socket path, unix:///path, npipe:////./pipe/name, tcp://host:port or ssh://user@host.`,
    },
  )
}

/** The address as people and the docker command write it. */
export function formatEndpoint(endpoint: Endpoint): string {
  switch (endpoint.protocol) {
    case 'unix':
      return `unix://${endpoint.path}`
    case 'npipe':
      return `npipe://${endpoint.path.replaceAll('\\', '/')}`
    case 'tcp':
      return `tcp://${bracketed(endpoint.host)}:${endpoint.port}`
    case 'ssh':
      return `ssh://${formatSshHost(endpoint)}${endpoint.path ?? ''}`
  }
}

/** `user@host:port`, of which user and port may be left out. Throws `invalid-input`. */
export function parseSshHost(text: string): SshHost {
  const url = URL.parse(`ssh://${text.replace(/^ssh:\/\//, '')}`)
  const host = url && /^\/?$/.test(url.pathname) ? sshHostOf(url) : null
  if (host) return host
  throw new Failure(
    'invalid-input',
    say`"${shown(text)}" is not a host that can be reached by SSH.`,
    {
      hint: say`Give user@host or user@host:port.`,
    },
  )
}

export function formatSshHost({ user, host, port }: SshHost): string {
  const before = user === null ? '' : `${encodeURIComponent(user)}@`
  return `${before}${bracketed(host)}${port === null ? '' : `:${port}`}`
}

/**
 * Null for what could not be meant: a password, which would be shown; a leading `-`, which commands would
 * take for an option.
 */
function sshHostOf(url: URL): SshHost | null {
  const user = url.username === '' ? null : decoded(url.username)
  const host = hostOf(url)
  if (!host || (user === null && url.username !== '') || url.password || url.search || url.hash)
    return null
  if (host.startsWith('-') || user?.startsWith('-')) return null
  return { user, host, port: url.port ? Number(url.port) : null }
}

/** Without a password that somebody wrote into it. */
function shown(text: string): string {
  return text.replace(/^([^@]*?:\/\/)?[^/]*@/, '$1…@')
}

/** Null for a `%` that begins no character. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** A short id that stays the same from run to run, for the contract and remembered choices. */
export function engineIdOf(endpoint: Endpoint): string {
  return createHash('sha256').update(formatEndpoint(endpoint)).digest('hex').slice(0, 12)
}

/** The socket's path on this machine; null where the engine is reached otherwise. */
export function socketPathOf(endpoint: Endpoint): string | null {
  return endpoint.protocol === 'unix' ? endpoint.path : null
}

/** True for one that is reached by a socket or a pipe of this machine. */
export function isLocal({ protocol }: Endpoint): boolean {
  return protocol === 'unix' || protocol === 'npipe'
}

/** False where what is said to the engine crosses the network for everybody to read. */
export function isEncrypted(endpoint: Endpoint): boolean {
  return endpoint.protocol !== 'tcp' || endpoint.tls !== null
}
