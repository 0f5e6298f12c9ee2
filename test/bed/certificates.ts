import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { privatePath, type EngineFacts } from './engine'

/** PEM files of a certificate and its private key. */
export interface Certificate {
  certificateFile: string
  keyFile: string
}

/** Makes a certificate that nothing vouches for but itself, e.g. of a private authority. */
export function makeAuthority(parent: string): Certificate {
  const folder = mkdtempSync(join(parent, 'authority-'))
  const [certificateFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  openssl([
    ...['req', '-x509', ...NEW_KEY, '-keyout', keyFile, '-out', certificateFile],
    ...['-days', '2', '-subj', '/CN=Longshore test bed'],
  ])
  return { certificateFile, keyFile }
}

export interface Issue {
  /** What a server's certificate is for; none for a client's. */
  addresses?: string[]
  /** It expired yesterday. */
  expired?: boolean
}

/** Makes a certificate that the authority vouches for: a server's, or without addresses a client's. */
export function issueCertificate(
  parent: string,
  authority: Certificate,
  { addresses = [], expired = false }: Issue,
): Certificate {
  const folder = mkdtempSync(join(parent, 'certificate-'))
  const [certificateFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const names = addresses.map((address) => `${isIP(address) ? 'IP' : 'DNS'}:${address}`)
  const usage = names.length > 0 ? 'serverAuth' : 'clientAuth'
  const wish = join(folder, 'request.pem')
  openssl([
    ...['req', '-new', ...NEW_KEY, '-keyout', keyFile, '-out', wish],
    ...['-subj', `/CN=Longshore test ${usage}`],
    ...(names.length > 0 ? ['-addext', `subjectAltName=${names.join(',')}`] : []),
    ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', `extendedKeyUsage=${usage}`],
  ])
  openssl([
    ...['x509', '-req', '-in', wish, '-out', certificateFile, '-copy_extensions', 'copyall'],
    ...['-CA', authority.certificateFile, '-CAkey', authority.keyFile],
    ...['-days', expired ? '-1' : '2'],
  ])
  return { certificateFile, keyFile }
}

/**
 * Makes an engine of the bed trust an authority for one registry. Docker and Podman both look into
 * `/etc/docker/certs.d` at each transfer, and each engine of the bed has its own `/etc/docker`.
 *
 * @param registry `host` as in references: `address:port`.
 */
export function trustAuthority(
  engine: Pick<EngineFacts, 'folder'>,
  registry: { host: string; caFile: string },
): void {
  const folder = privatePath(engine, `/etc/docker/certs.d/${registry.host}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'ca.crt'), readFileSync(registry.caFile))
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

function openssl(args: string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
