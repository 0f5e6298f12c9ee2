import { join } from 'node:path'
import { safeStorage } from 'electron'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { log } from '../log'
import { createSecretFile, type SecretStore } from '../secrets'

/**
 * How long the system's key store may take to say whether it is there (it may ask to be unlocked).
 */
const keyStoreMillis = 60_000

/**
 * Keeps the app's passwords encrypted with a key from the system's key store; where there is none,
 * in a file that only this user can read, as browser mode does. To be called when Electron is
 * ready.
 */
export async function createSecrets(dataFolder: string): Promise<SecretStore> {
  if (!(await hasKeyStore())) return createSecretFile(join(dataFolder, 'secrets.json'))
  const name = 'secrets.encrypted'
  const file = createSecretFile(join(dataFolder, name))
  return {
    protection: 'key-store',
    async read() {
      const kept = await file.read()
      if (kept === null) return null
      try {
        return (await safeStorage.decryptStringAsync(Buffer.from(kept, 'base64'))).result
      } catch (error) {
        throw new Failure(
          'permission-denied',
          say`The system's key store does not open the passwords that Longshore kept.`,
          {
            hint: say`Unlock it and try again; if its key is lost, delete ${join(dataFolder, name)}.`,
            cause: error,
          },
        )
      }
    },
    async write(text) {
      await file.write((await safeStorage.encryptStringAsync(text)).toString('base64'))
    },
  }
}

async function hasKeyStore(): Promise<boolean> {
  // "basic_text" encrypts with a key that everyone knows: Chromium found no key store.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') {
    return false
  }
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, keyStoreMillis, false)
  })
  try {
    return await Promise.race([safeStorage.isAsyncEncryptionAvailable(), tooLong])
  } catch (error) {
    log.warn({ error }, 'the key store cannot be used')
    return false
  } finally {
    clearTimeout(timer)
  }
}
