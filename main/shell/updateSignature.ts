import { createPublicKey, verify } from 'node:crypto'

/**
 * Whether a release's file is ours: an Ed25519 signature (RFC 8032) over its bytes, as
 * build/steps/signature.mjs makes it. HTTPS says which server a file came from, and not who wrote it.
 *
 * @param content The file.
 * @param signature Base64, with or without an end of line.
 * @param publicKey Base64 of the key's SubjectPublicKeyInfo in DER.
 */
export function isSignedBy(content: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    })
    // Another kind of key would take a hash of its own, and pass for one where it is none.
    if (key.asymmetricKeyType !== 'ed25519') return false
    return verify(null, Buffer.from(content), key, Buffer.from(signature.trim(), 'base64'))
  } catch {
    return false
  }
}
