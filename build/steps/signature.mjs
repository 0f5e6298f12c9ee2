import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Reads the key that releases are signed with.
 *
 * @param {string | undefined} file An Ed25519 private key, PEM; nothing where none is given.
 * @returns {import('node:crypto').KeyObject | null} Throws, in words, for what is no such key.
 */
export function readSigningKey(file) {
  if (!file) return null
  let key
  try {
    key = createPrivateKey(readFileSync(file))
  } catch (error) {
    throw new Error(`The signing key ${file} cannot be read: ${error.message}`, { cause: error })
  }
  if (key.asymmetricKeyType === 'ed25519') return key
  throw new Error(
    `The signing key ${file} is ${key.asymmetricKeyType}; make one with: ` +
      'openssl genpkey -algorithm ed25519 -out FILE',
  )
}

/** The public half, as the app has it built in: base64 of its SubjectPublicKeyInfo in DER. */
export function publicKeyOf(privateKey) {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64')
}

/**
 * Puts the signature of a file beside it, as `FILE.sig`: base64 of Ed25519 over its bytes.
 *
 * @param {string} file
 * @param {import('node:crypto').KeyObject} privateKey
 */
export function signFile(file, privateKey) {
  writeFileSync(`${file}.sig`, `${sign(null, readFileSync(file), privateKey).toString('base64')}\n`)
}
