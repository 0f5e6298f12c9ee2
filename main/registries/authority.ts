import { X509Certificate } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { RegistrySettings } from '../../preload/contract/registries'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'

const MAX_FILE_BYTES = 1024 * 1024
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/**
 * The certificates that a registry's settings name, as PEM and nothing else.
 *
 * @throws Failure `not-found`, `permission-denied` or `invalid-input` in words
 */
export async function readAuthority(ca: NonNullable<RegistrySettings['ca']>): Promise<string> {
  return ca.kind === 'pem'
    ? certificatesIn(ca.pem, say`What was pasted`)
    : certificatesIn(await readBeginning(ca.path), ca.path)
}

function certificatesIn(text: string, where: string): string {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    throw new Failure('invalid-input', say`${where} holds a private key.`, {
      hint: say`Only the certificate of the authority is needed; its key belongs to nobody else.`,
    })
  }
  const certificates = text.match(CERTIFICATE) ?? []
  if (certificates.length === 0) {
    throw new Failure('invalid-input', say`${where} holds no certificate.`, {
      hint: say`A certificate in PEM form begins with -----BEGIN CERTIFICATE-----.`,
    })
  }
  try {
    for (const pem of certificates) new X509Certificate(pem)
  } catch (error) {
    throw new Failure('invalid-input', say`${where} holds a certificate that cannot be read.`, {
      hint: say`Copy it whole, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.`,
      cause: error,
    })
  }
  return certificates.join('\n')
}

/** Of a file that should be small; a device or a pipe would never end. */
async function readBeginning(path: string): Promise<string> {
  try {
    const file = await open(path)
    try {
      if (!(await file.stat()).isFile()) {
        throw new Failure('invalid-input', say`${path} is no file.`, {
          hint: say`Choose the file that holds the certificate of the authority.`,
        })
      }
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_FILE_BYTES), 0)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    throw cannotBeRead(path, error)
  }
}

function cannotBeRead(path: string, error: unknown): Failure {
  return new Failure('not-found', say`The certificate file ${path} cannot be read.`, {
    hint: say`Check that it is there and that this user may read it, or give another in the settings of this registry.`,
    cause: error,
  })
}
