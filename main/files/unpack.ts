import { randomBytes } from 'node:crypto'
import { constants, link, lstat, mkdir, open, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { ExtractEvents, Header } from 'tar-stream'
import { say } from '../../preload/contract/say'
import { asFileFailure } from '../archives/fileFailure'
import { Failure } from '../errors'
import { isMissing } from '../systemFiles'
import { readTar } from '../streams/readTar'
import { folded, innerName, parentOf, staysInside } from './innerNames'

/** What one download may bring: a container's content is whatever its program makes it. */
export interface UnpackBounds {
  bytes: number
  entries: number
}
export const UNPACK_BOUNDS: UnpackBounds = { bytes: 256 * 1024 ** 3, entries: 1_000_000 }

/** Deeper folders are nobody's work. */
const MOST_DEPTH = 200
const MOST_TOLD = 50
/** The user's alone: what a container calls public is not public here, and nothing gets anybody's rights. */
const FOLDER_MODE = 0o700
const FILE_MODE = 0o600
const PROGRAM_MODE = 0o700

export interface Unpacked {
  files: number
  bytes: number
  /** What was left out and why, the first ones. */
  refused: string[]
  refusedCount: number
}

/**
 * Unpacks a tar that a container made, which is hostile, into a new folder: whole or not at all.
 *
 * Everything is made in a folder of our own that nobody else may enter, and nothing is ever made through a link:
 * a folder of an entry has to be one that was made here before, and links come last. What would lead out, or is
 * a device, is left out and told.
 *
 * @param folder must not be there
 * @param count told of bytes as they are written
 * @throws Failure beyond the bounds, or where the folder cannot be made
 */
export async function unpackInto(
  folder: string,
  tar: Readable,
  count: (bytes: number) => void,
  signal: AbortSignal,
  bounds = UNPACK_BOUNDS,
): Promise<Unpacked> {
  await refuseTaken(folder)
  const temporary = join(
    dirname(folder),
    `.${basename(folder).slice(0, 50)}.${randomBytes(6).toString('hex')}.part`,
  )
  try {
    await mkdir(temporary, { mode: FOLDER_MODE })
    const unpacking = new Unpacking(temporary, bounds, count)
    await readTar(tar, (header, stream) => unpacking.take(header, stream), brokenOff, signal)
    await unpacking.makeLinks()
    await refuseTaken(folder)
    // Fails where somebody was faster; a renaming would replace an empty folder.
    await mkdir(folder, { mode: FOLDER_MODE })
    await rename(temporary, folder)
    return unpacking.result
  } catch (error) {
    throw signal.aborted ? error : asFileFailure(error, folder)
  } finally {
    tar.destroy()
    await rm(temporary, { recursive: true, force: true })
  }
}

/** A folder is unpacked only where nothing is. */
export async function refuseTaken(folder: string): Promise<void> {
  try {
    await lstat(folder)
  } catch (error) {
    if (isMissing(error)) return
    throw asFileFailure(error, folder)
  }
  throw new Failure('conflict', say`"${folder}" is there already.`, {
    hint: say`Choose a name that is not taken: nothing is unpacked into what is there.`,
  })
}

type Entry = ExtractEvents['entry'][1]

class Unpacking {
  readonly result: Unpacked = { files: 0, bytes: 0, refused: [], refusedCount: 0 }
  readonly #root: string
  readonly #bounds: UnpackBounds
  readonly #count: (bytes: number) => void
  /** Paths from the root on; '' is the root. */
  readonly #folders = new Set([''])
  readonly #files = new Set<string>()
  readonly #links = new Map<string, string>()
  /** Names as a file system sees them that does not tell cases apart. */
  readonly #names = new Set<string>()
  #entries = 0

  constructor(root: string, bounds: UnpackBounds, count: (bytes: number) => void) {
    this.#root = root
    this.#bounds = bounds
    this.#count = count
  }

  async take(header: Header, stream: Entry): Promise<void> {
    if (++this.#entries > this.#bounds.entries) throw tooLarge(say`holds too many files`)
    const refusal = await this.#make(header, stream)
    if (refusal !== null) this.#refuse(header.name, refusal)
    // What was not read is read past.
    stream.resume()
  }

  /** Once no entry comes any more: none can be made through them. */
  async makeLinks(): Promise<void> {
    for (const [path, target] of this.#links) await symlink(target, this.#at(path))
  }

  /** Why it was not made; null: it was. */
  async #make(header: Header, stream: AsyncIterable<unknown>): Promise<string | null> {
    const path = innerName(header.name)
    if (path === null) return say`it leads out of the folder`
    if (path === '') return null
    if (path.split('/').length > MOST_DEPTH) return say`it lies too deep`
    const parent = parentOf(path)
    if (!this.#folders.has(parent)) {
      if (header.type !== 'directory' && !this.#isFree(parent))
        return say`what it is in is no folder`
      const above = await this.#makeFolders(parent)
      if (above !== null) return above
    }
    switch (header.type) {
      case 'directory':
        return this.#makeFolders(path)
      case 'file':
      case 'contiguous-file':
        return this.#makeFile(path, header, stream)
      case 'symlink':
        return this.#keepLink(path, header.linkname)
      case 'link':
        return this.#makeHardLink(path, header.linkname)
      case 'block-device':
      case 'character-device':
      case 'fifo':
        return say`it is a device`
      default:
        return say`nobody here knows what it is`
    }
  }

  async #makeFolders(path: string): Promise<string | null> {
    if (this.#folders.has(path)) return null
    const parent = parentOf(path)
    const above = await this.#makeFolders(parent)
    if (above !== null) return above
    if (!this.#claim(path)) return taken()
    await mkdir(this.#at(path), { mode: FOLDER_MODE })
    this.#folders.add(path)
    return null
  }

  async #makeFile(
    path: string,
    { size, mode, mtime }: Header,
    stream: AsyncIterable<unknown>,
  ): Promise<string | null> {
    if (this.result.bytes + size > this.#bounds.bytes) throw tooLarge(say`is too large`)
    if (!this.#claim(path)) return taken()
    // Never through a link, never over anything.
    const flags =
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW || 0)
    const handle = await open(this.#at(path), flags, mode & 0o100 ? PROGRAM_MODE : FILE_MODE)
    try {
      for await (const chunk of stream) {
        const bytes = chunk as Buffer
        // All of it: on a disk that fills up `write` may take a part and say so only in its answer.
        await handle.writeFile(bytes)
        this.result.bytes += bytes.length
        this.#count(bytes.length)
      }
      await handle.utimes(mtime, mtime)
    } finally {
      await handle.close()
    }
    this.#files.add(path)
    this.result.files++
    return null
  }

  #keepLink(path: string, target: string): string | null {
    if (!staysInside(path, target)) return say`it is a link that leads out, to ${target}`
    if (!this.#claim(path)) return taken()
    this.#links.set(path, target)
    this.result.files++
    return null
  }

  async #makeHardLink(path: string, target: string): Promise<string | null> {
    const file = innerName(target)
    if (file === null || !this.#files.has(file)) return say`it is a link to what is not here`
    if (!this.#claim(path)) return taken()
    await link(this.#at(file), this.#at(path))
    this.#files.add(path)
    this.result.files++
    return null
  }

  #isFree(path: string): boolean {
    return !this.#names.has(folded(path))
  }

  /** False where the name is taken, also by one that differs only in the case of its letters. */
  #claim(path: string): boolean {
    if (!this.#isFree(path)) return false
    this.#names.add(folded(path))
    return true
  }

  #at(path: string): string {
    return join(this.#root, ...path.split('/'))
  }

  #refuse(name: string, why: string): void {
    this.result.refusedCount++
    if (this.result.refused.length < MOST_TOLD) {
      this.result.refused.push(`${name.replace(/^\.\//, '').slice(0, 200)}: ${why}`)
    }
  }
}

const taken = () => say`its name is taken, perhaps by one that differs only in capital letters`

function tooLarge(why: string): Failure {
  return new Failure('invalid-input', say`The folder ${why} to be unpacked.`, {
    hint: say`Nothing of it was kept. Save it as one tar, or take a part of it.`,
  })
}

function brokenOff(error: unknown): Failure {
  return new Failure('engine-error', say`The engine broke off before the folder was whole.`, {
    ...(error instanceof Error && { engineMessage: error.message, cause: error }),
    hint: say`Nothing of it was kept. Try again.`,
  })
}
