import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

/**
 * A hash over the names and contents of files.
 *
 * @param {string[]} paths Files and folders, relative to the project; ones that do not exist count
 *   as such.
 */
export function hashOf(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesOf)) {
    const content = existsSync(join(root, file)) ? readFileSync(join(root, file)) : 'absent'
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** The file itself, or the files below the folder in a fixed order. */
function filesOf(path) {
  const full = join(root, path)
  if (!existsSync(full) || statSync(full).isFile()) return [path]
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesOf(join(path, name)))
}
