import { readFile } from 'node:fs/promises'
import { isMissing, writeFileAtomically } from './systemFiles'

/** One text, kept as safely as the platform can: the app's own registry passwords as JSON. */
export interface SecretStore {
  /** `key-store`: encrypted with a key of the operating system; `file`: readable by its owner only. */
  protection: 'key-store' | 'file'
  /** Null when nothing was kept yet. */
  read(): Promise<string | null>
  write(text: string): Promise<void>
}

/** Keeps a secret in a file with mode 0600, as it is. */
export function createSecretFile(file: string): SecretStore {
  return {
    protection: 'file',
    async read() {
      try {
        return await readFile(file, 'utf8')
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    async write(text) {
      await writeFileAtomically(file, text, 0o600)
    },
  }
}
