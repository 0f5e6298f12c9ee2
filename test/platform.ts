import { join } from 'node:path'
import type { Notify, Platform } from '../main/platform'
import { createSecretFile } from '../main/secrets'

/** What a test's app runs on: browser mode, with settings and secrets in a folder of its own. */
export function testPlatform(dataFolder: string, notify: Notify | null = null): Platform {
  return {
    mode: 'browser',
    version: '0.0.0-test',
    dataFolder,
    secrets: createSecretFile(join(dataFolder, 'secrets.json')),
    notices: () => [],
    notify,
  }
}
