import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf } from './hash.mjs'
import { root, runTool } from './run.mjs'

const NOTE = join(root, 'out', '.source-hash')
const SOURCES = [
  ...['main', 'preload', 'renderer'],
  ...['electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'],
]

/** What of the environment goes into the app: see main/shell/updateFeed.ts. */
const BUILT_IN = ['MAIN_VITE_UPDATE_URL', 'MAIN_VITE_UPDATE_KEY']

/**
 * Builds the app into out/, unless it was built from the same sources.
 *
 * @returns {Promise<boolean>} False when it failed; the compiler has said why.
 */
export async function ensureBuild() {
  const hash = [hashOf(SOURCES), ...BUILT_IN.map((name) => process.env[name] ?? '')]
    .join(' ')
    .trim()
  if (existsSync(NOTE) && readFileSync(NOTE, 'utf8') === hash) return true
  console.log('Building …')
  // A build that fails half-way leaves out/ in a state that no sources stand for.
  rmSync(NOTE, { force: true })
  const { ok } = await runTool('electron-vite', ['build'], { quiet: true })
  if (ok) writeFileSync(NOTE, hash)
  return ok
}
