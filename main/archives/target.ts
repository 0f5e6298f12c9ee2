import { randomBytes } from 'node:crypto'
import { link, lstat, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { OVERWRITES } from '../../preload/contract/archives'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { isMissing, systemCodeOf } from '../systemFiles'
import { asFileFailure } from './fileFailure'

/** A file that comes to be whole or not at all. */
export interface Target {
  /** Where it will be: the end of all links. */
  file: string
  handle: FileHandle
  /** Syncs what was written and gives it its name. */
  keep(): Promise<void>
  /** Removes what was written; does nothing after `keep`. */
  discard(): Promise<void>
}

/** The most links that are followed from a name to its file. */
const MOST_LINKS = 40

/**
 * Where a file would be written.
 *
 * @param file an absolute path; a link is followed, so that the file that it leads to is replaced and
 *   the link stays
 * @throws Failure `confirmation-needed` where a file is there and may not be replaced, `invalid-input`
 *   for a folder or a device, `not-found` where the folder is missing
 */
export async function findTarget(file: string, overwrite: boolean): Promise<string> {
  if (!isAbsolute(file) || file.includes('\0')) {
    throw new Failure('invalid-input', say`The path must be absolute.`, {
      hint: say`Write it from the root on, such as /home/me/images.tar.`,
    })
  }
  try {
    const path = await endOfLinks(file)
    const there = await stat(path).catch((error: unknown) => {
      if (isMissing(error)) return null
      throw error
    })
    if (there === null) return path
    if (there.isDirectory()) {
      throw new Failure('invalid-input', say`"${file}" is a folder.`, {
        hint: say`Add the name of the file to it.`,
      })
    }
    if (!there.isFile()) throw new Failure('invalid-input', say`"${file}" is no ordinary file.`)
    if (!overwrite) throw alreadyThere(file)
    return path
  } catch (error) {
    throw asFileFailure(error, file)
  }
}

/**
 * Begins to write a file, in a temporary one beside it (0600: images hold secrets).
 *
 * @throws Failure as `findTarget`
 */
export async function openTarget(asked: string, overwrite: boolean): Promise<Target> {
  const file = await findTarget(asked, overwrite)
  const temporary = join(
    dirname(file),
    // A name may take 255 bytes in all.
    `.${basename(file).slice(0, 50)}.${randomBytes(6).toString('hex')}.part`,
  )
  let pending = true
  let handle: FileHandle
  try {
    handle = await open(temporary, 'wx', 0o600)
  } catch (error) {
    throw asFileFailure(error, asked)
  }
  return {
    file,
    handle,
    async keep() {
      await handle.sync()
      await handle.close()
      if (overwrite) await rename(temporary, file)
      else await renameToNew(temporary, file)
      pending = false
      await syncFolder(dirname(file))
    },
    async discard() {
      if (!pending) return
      pending = false
      await handle.close().catch(() => undefined)
      await rm(temporary, { force: true })
    },
  }
}

function alreadyThere(file: string): Failure {
  return new Failure('confirmation-needed', say`"${file}" is there already.`, {
    hint: say`Choose another name, or replace it.`,
    dangers: [OVERWRITES],
  })
}

/** Also of a link whose file is not there yet. */
async function endOfLinks(file: string): Promise<string> {
  let path = file
  for (let links = 0; links < MOST_LINKS; links++) {
    const folder = await realpath(dirname(path))
    path = join(folder, basename(path))
    const there = await lstat(path).catch((error: unknown) => {
      if (isMissing(error)) return null
      throw error
    })
    if (!there?.isSymbolicLink()) return path
    const to = await readlink(path)
    path = isAbsolute(to) ? to : join(folder, to)
  }
  throw new Failure('invalid-input', say`"${file}" is a link that leads back to itself.`)
}

/** Somebody may have made the file meanwhile: a hard link, unlike a renaming, never replaces one. */
async function renameToNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') throw alreadyThere(to)
    // A file system without hard links (exFAT, some network shares).
    if (await exists(to)) throw alreadyThere(to)
    await rename(from, to)
    return
  }
  await rm(from)
}

function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  )
}

/** Without it a power failure may take the new name away again. Not every file system knows how. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
