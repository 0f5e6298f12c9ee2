import { writeFileAtomically } from './files'
import { readFile } from 'node:fs/promises'

/** One text, kept as safely as the platform can: the app's own registry passwords as JSON. */
export interface SecretStore {
  /** `key-store`: encrypted with a key of the operating system; `file`: readable by its owner only. */
  protection: 'key-store' | 'file'
  /** Null when nothing was kept yet. */
  read(): Promise<string | null>
  write(text: string): Promise<void>
}

/**
 * Keeps secrets in a file with mode 0600. `cipher` encrypts what is written; without one the text
 * stands in the file as it is.
 */
export function createSecretFile(
  file: string,
  cipher?: { encrypt(text: string): Buffer; decrypt(bytes: Buffer): string },
): SecretStore {
  return {
    protection: cipher ? 'key-store' : 'file',
    async read() {
      let bytes: Buffer
      try {
        bytes = await readFile(file)
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
      return cipher ? cipher.decrypt(bytes) : bytes.toString('utf8')
    },
    async write(text) {
      await writeFileAtomically(file, cipher ? cipher.encrypt(text) : Buffer.from(text), 0o600)
    },
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
