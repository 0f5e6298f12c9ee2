import { createHash, type Hash } from 'node:crypto'
import { say } from '../../../preload/contract/say'
import { BrokenAnswer } from './failures'

/** The digests that the engines know (opencontainers/go-digest). */
const ALGORITHMS = ['sha256', 'sha384', 'sha512']
const DEFAULT_ALGORITHM = 'sha256'

export function digestOf(bytes: Uint8Array, algorithm = DEFAULT_ALGORITHM): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`
}

/** Takes bytes and tells whether they are what a digest says. */
export interface Verifier {
  update(bytes: Uint8Array): void
  /** @throws BrokenAnswer */
  finish(): void
}

/** @throws BrokenAnswer for a digest of an unknown kind */
export function verifierFor(digest: string): Verifier {
  const algorithm = algorithmOf(digest)
  const hash: Hash = createHash(algorithm)
  return {
    update: (bytes) => void hash.update(bytes),
    finish() {
      const got = `${algorithm}:${hash.digest('hex')}`
      if (got !== digest) throw mismatch(digest, got)
    },
  }
}

/** @throws BrokenAnswer when the bytes are not what the digest says */
export function verify(bytes: Uint8Array, digest: string): void {
  const verifier = verifierFor(digest)
  verifier.update(bytes)
  verifier.finish()
}

export function mismatch(asked: string, got: string): BrokenAnswer {
  return new BrokenAnswer(say`gave other bytes than asked for: ${got} instead of ${asked}`)
}

function algorithmOf(digest: string): string {
  const [algorithm = ''] = digest.split(':')
  if (ALGORITHMS.includes(algorithm)) return algorithm
  throw new BrokenAnswer(say`names a digest of an unknown kind: ${digest.slice(0, 100)}`)
}
