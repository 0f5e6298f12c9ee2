import { join } from 'node:path'
import type { TlsSettings } from '../../../preload/contract/engines'
import { exists } from '../../systemFiles'
import { dockerFolder } from '../../userFolders'
import { place, type Place, type Surroundings } from '../places'

/** `DOCKER_HOST` with the TLS that goes with it, as the docker command reads them; null without it. */
export async function dockerHost(surroundings: Surroundings): Promise<Place | null> {
  const host = surroundings.env['DOCKER_HOST']
  return host ? askedPlace('DOCKER_HOST', host, surroundings) : null
}

/** An address that somebody gave, with the TLS that the docker command would use for it. */
export async function askedPlace(
  foundBy: string,
  host: string,
  surroundings: Surroundings,
): Promise<Place> {
  const tls = await dockerTls(surroundings)
  return { ...place(foundBy, dockerAddress(host, tls !== null)), tls, asked: true }
}

/**
 * docker's own rules (docker/cli, cli/flags/options.go): any value of DOCKER_TLS_VERIFY, be it 0, turns TLS
 * on; DOCKER_TLS alone does without verifying. A client certificate is shown where its files are there.
 */
async function dockerTls(surroundings: Surroundings): Promise<TlsSettings | null> {
  const { env } = surroundings
  const verify = Boolean(env['DOCKER_TLS_VERIFY'])
  if (!verify && !env['DOCKER_TLS']) return null
  const folder = env['DOCKER_CERT_PATH'] || dockerFolder(surroundings)
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const shown = (await exists(certFile)) || (await exists(keyFile))
  return {
    caFile: verify ? join(folder, 'ca.pem') : null,
    certFile: shown ? certFile : null,
    keyFile: shown ? keyFile : null,
    verify,
  }
}

/** docker takes `host:port` for `tcp://`, and 2375, or 2376 with TLS, for a port that is left out. */
export function dockerAddress(host: string, tls: boolean): string {
  const address = /^[a-z]+:\/\/|^[/\\]/i.test(host) ? host : `tcp://${host}`
  if (!/^tcp:\/\/(\[[^\]]*\]|[^:/]+)\/?$/.test(address)) return address
  return `${address.replace(/\/$/, '')}:${tls ? 2376 : 2375}`
}
