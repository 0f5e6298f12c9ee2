import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { TlsSettings } from '../../../preload/contract/engines'
import { say } from '../../../preload/contract/say'
import { Failure, toFailure } from '../../errors'
import { isMissing } from '../../systemFiles'

/** What TLS needs of a person's files, as PEM. */
export interface Material {
  /** Left out: the public authorities that Node brings count. */
  ca?: string
  cert?: string
  key?: string
}

/** The longest file that is read, bytes: what an organisation hands out is some 100 KiB. */
const longestBytes = 4 * 1024 * 1024

/**
 * Reads the files of a TLS engine, at each connection anew: certificates are renewed while the app runs.
 * Throws a Failure that names the file that is missing, unreadable, or not what it should be.
 */
export async function readMaterial({ caFile, certFile, keyFile }: TlsSettings): Promise<Material> {
  if ((certFile === null) !== (keyFile === null)) {
    throw new Failure(
      'invalid-input',
      certFile === null
        ? say`There is a key of a client certificate, but no certificate.`
        : say`There is a client certificate, but no key to it.`,
      { hint: say`Give both files, or neither.` },
    )
  }
  const material: Material = {}
  if (caFile !== null) {
    material.ca = await readPem(caFile, say`The authority's certificate`)
    checkCertificate(caFile, material.ca)
  }
  if (certFile !== null && keyFile !== null) {
    material.cert = await readPem(certFile, say`The client certificate`)
    material.key = await readPem(keyFile, say`The client certificate's key`)
    checkPair(certFile, material.cert, keyFile, material.key)
  }
  return material
}

/** `what` begins the sentence that tells what is wrong with it. */
async function readPem(file: string, what: string): Promise<string> {
  try {
    const facts = await stat(file)
    if (facts.isFile() && facts.size <= longestBytes) return await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) {
      throw new Failure('invalid-input', say`${what} is not there: ${file}.`, {
        hint: say`Give the file's present place, or change the engine so that it needs none.`,
        cause: error,
      })
    }
    const { code, engineMessage } = toFailure(error)
    throw new Failure(code, say`${what} cannot be read: ${file}.`, {
      hint: say`Allow this user to read the file.`,
      engineMessage,
      cause: error,
    })
  }
  throw notPem(file, 'PEM')
}

function checkCertificate(file: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (error) {
    throw notPem(file, 'certificate', error)
  }
}

function checkPair(certFile: string, cert: string, keyFile: string, key: string): void {
  const certificate = checkCertificate(certFile, cert)
  if (certificate.checkPrivateKey(readKey(keyFile, key))) return
  throw new Failure('invalid-input', say`The key in ${keyFile} does not belong to ${certFile}.`, {
    hint: say`Give the key that was made for this certificate.`,
  })
}

function readKey(file: string, pem: string) {
  try {
    return createPrivateKey(pem)
  } catch (error) {
    // Node and Electron tell it in words of their own; the file tells it in the words of its format.
    if (/^(-----BEGIN ENCRYPTED |Proc-Type: 4,ENCRYPTED)/m.test(pem)) {
      throw new Failure('invalid-input', say`The key in ${file} is locked by a passphrase.`, {
        hint: say`Longshore keeps no passphrases of keys: give a key without one (openssl pkey -in … -out …), readable by you alone.`,
        cause: error,
      })
    }
    throw notPem(file, 'key', error)
  }
}

const notPemWords = {
  PEM: (file: string) => say`${file} is no PEM file.`,
  certificate: (file: string) => say`${file} is no certificate in PEM form.`,
  key: (file: string) => say`${file} is no key in PEM form.`,
}

function notPem(file: string, what: keyof typeof notPemWords, cause?: unknown): Failure {
  return new Failure('invalid-input', notPemWords[what](file), {
    hint: say`A PEM file is text that begins with -----BEGIN.`,
    cause,
  })
}
