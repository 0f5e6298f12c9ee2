import { isIP } from 'node:net'

const DOCKER_HUB = 'docker.io'
const DOCKER_HUB_ALIASES = new Set(['index.docker.io', 'registry-1.docker.io'])
/** Docker Hub's key in config.json and in credential helpers: docker/cli, registry.IndexServer. */
const DOCKER_HUB_SERVER_ADDRESS = 'https://index.docker.io/v1/'
const DOCKER_HUB_API_HOST = 'registry-1.docker.io'

/** The one spelling of a registry's host: lower case, and `docker.io` for all of Docker Hub's names. */
export function canonicalHost(host: string): string {
  const lower = host.trim().toLowerCase()
  return DOCKER_HUB_ALIASES.has(lower) ? DOCKER_HUB : lower
}

/** What the registry is called in config.json, in credential helpers and in auth headers. */
export function serverAddress(host: string): string {
  return host === DOCKER_HUB ? DOCKER_HUB_SERVER_ADDRESS : host
}

/** Where the registry's `/v2/` is. */
export function apiHost(host: string): string {
  return host === DOCKER_HUB ? DOCKER_HUB_API_HOST : host
}

/**
 * The host that a key of `auths` or `credHelpers` stands for: `https://index.docker.io/v1/` is
 * `docker.io`. Null for Podman's keys that name a part of a registry (`quay.io/team`): those
 * credentials are not for the whole host.
 */
export function hostOfKey(key: string): string | null {
  const [, scheme, host = '', path = ''] = /^(https?:\/\/)?([^/]*)\/?(.*)$/i.exec(key) ?? []
  const isWholeHost = scheme !== undefined || path === '' || /^v[12]\/?$/.test(path)
  return host === '' || !isWholeHost ? null : canonicalHost(host)
}

/** Whether a host, with or without a port, is this machine itself. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))
}
