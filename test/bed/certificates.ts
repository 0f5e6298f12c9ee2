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
  return makeCertificate(parent, ['-subj', '/CN=Longshore test bed'])
}

/** Makes a server's certificate that the authority vouches for. */
export function issueCertificate(
  parent: string,
  authority: Certificate,
  { addresses }: { addresses: string[] },
): Certificate {
  const names = addresses.map((address) => `${isIP(address) ? 'IP' : 'DNS'}:${address}`)
  return makeCertificate(parent, [
    ...['-CA', authority.certificateFile, '-CAkey', authority.keyFile],
    ...['-subj', '/CN=Longshore test server', '-addext', `subjectAltName=${names.join(',')}`],
    ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth'],
  ])
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

function makeCertificate(parent: string, specific: string[]): Certificate {
  const folder = mkdtempSync(join(parent, 'certificate-'))
  const [certificateFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-keyout', keyFile, '-out', certificateFile],
      ...specific,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  return { certificateFile, keyFile }
}
