import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { signFile } from './signature.mjs'

const SUMS = 'SHA256SUMS'
/** What an installed app asks for to learn of a release. */
const ANNOUNCEMENT = /^latest.*\.yml$/
/** electron-builder's notes for itself, and what is made here. */
const NOT_RELEASED = /^(builder-.*|SHA256SUMS)$|\.sig$/

/**
 * Writes SHA256SUMS over what is in the folder, and signs it and what announces the release, where
 * there is a key.
 *
 * @param {string} folder
 * @param {import('node:crypto').KeyObject | null} signingKey
 * @returns {Promise<string[]>} The names of the files in it.
 */
export async function writeChecksums(folder, signingKey) {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_RELEASED.test(entry.name))
    .map(({ name }) => name)
    .sort()
  const lines = []
  for (const name of names) lines.push(`${await sha256Of(join(folder, name))}  ${name}\n`)
  writeFileSync(join(folder, SUMS), lines.join(''))
  if (signingKey) {
    for (const name of [...names.filter((each) => ANNOUNCEMENT.test(each)), SUMS]) {
      signFile(join(folder, name), signingKey)
    }
  }
  return names
}

async function sha256Of(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
