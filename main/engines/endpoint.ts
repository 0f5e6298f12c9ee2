import { createHash } from 'node:crypto'
import { Failure } from '../errors'

/** Where an engine listens. */
export type Endpoint =
  | { protocol: 'unix'; path: string }
  | { protocol: 'npipe'; path: string }
  | { protocol: 'tcp'; host: string; port: number }

/**
 * Reads `unix:///run/docker.sock`, a bare absolute path, `npipe:////./pipe/docker_engine`, or
 * `tcp://host:port`. Throws `invalid-input` for anything else.
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
    const url = URL.parse(text.replace(/^tcp:/, 'http:'))
    if (url?.hostname && url.port) {
      return { protocol: 'tcp', host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) }
    }
  }
  throw new Failure('invalid-input', `"${text}" is not an engine address that Longshore can use.`, {
    hint: 'Give a socket path, unix:///path, npipe:////./pipe/name or tcp://host:port. An ssh:// engine can be reached through a forwarded socket (ssh -L).',
  })
}

/** The address as people and the docker command write it. */
export function formatEndpoint(endpoint: Endpoint): string {
  switch (endpoint.protocol) {
    case 'unix':
      return `unix://${endpoint.path}`
    case 'npipe':
      return `npipe://${endpoint.path.replaceAll('\\', '/')}`
    case 'tcp':
      return `tcp://${endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`
  }
}

/** A short id that stays the same from run to run, for the contract and remembered choices. */
export function engineIdOf(endpoint: Endpoint): string {
  return createHash('sha256').update(formatEndpoint(endpoint)).digest('hex').slice(0, 12)
}

/** What Node's http.request needs to reach it. */
export function connectionOptions(
  endpoint: Endpoint,
): { socketPath: string } | { host: string; port: number } {
  return endpoint.protocol === 'tcp'
    ? { host: endpoint.host, port: endpoint.port }
    : { socketPath: endpoint.path }
}
