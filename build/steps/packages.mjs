import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf } from './hash.mjs'
import { root, runNpm } from './run.mjs'

const NOTE = join(root, 'node_modules', '.longshore-lock-hash')

/**
 * Installs the npm packages of the lock file, unless node_modules was installed from the same one.
 *
 * @returns {Promise<boolean>} False when it failed; npm has said why.
 */
export async function ensurePackages() {
  const hash = hashOf(['package-lock.json'])
  if (existsSync(NOTE) && readFileSync(NOTE, 'utf8') === hash) return true
  console.log('Installing npm packages …')
  const { ok } = await runNpm(['ci'], { quiet: true })
  if (ok) writeFileSync(NOTE, hash)
  return ok
}
