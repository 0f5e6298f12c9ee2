import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { hasDisplay } from '../../main/serve/open-browser'

/**
 * Electron's program where the electron package has put it; null where it has not. Importing the
 * package would download it (as of version 42), which a test must not.
 */
export function electronBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : null
}

/** Why the desktop app cannot be tested here, in words; null where it can. */
export function whyNoElectron(): string | null {
  if (electronBinary() === null) {
    return "Electron's binary is not here; get it with: npx install-electron --no"
  }
  return hasDisplay() ? null : 'there is no display; run the tests under xvfb-run'
}
