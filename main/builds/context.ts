import { randomBytes } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import type { BuildContext } from '../../preload/contract/builds'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { isMissing } from '../systemFiles'
import { readIgnorePatterns, type IgnorePatterns } from './ignorePatterns'

const IGNORE_FILE = '.dockerignore'

/** A folder and a Dockerfile, found and read. */
export interface Context {
  /** The folder itself, without links on the way to it. */
  folder: string
  /** The Dockerfile on this machine; null where there is none. */
  dockerfile: string | null
  /** The Dockerfile as the engine finds it in what is sent. */
  dockerfileName: string
  /** The file of patterns that is followed, null for none. */
  ignoreFile: string | null
  patterns: IgnorePatterns
  /** Files that go beside, or in place of, those of the folder, by their name in the context. */
  replaced: ReadonlyMap<string, Buffer>
}

/**
 * Finds out what a build is given, as the docker command does: the Dockerfile may lie outside of the
 * folder, `<Dockerfile>.dockerignore` counts before `.dockerignore`, and both the Dockerfile and
 * `.dockerignore` go even where a pattern names them, as the engine needs them; it then takes them out
 * itself, which is why a `.dockerignore` is made up where there is none that says so.
 *
 * @throws Failure `not-found` for a folder that is not there, `invalid-input` for what is no folder
 */
export async function openContext(asked: BuildContext): Promise<Context> {
  const folder = await existingFolder(asked.folder)
  const dockerfile = await findDockerfile(folder, asked.dockerfile)
  const inside = dockerfile === null ? null : pathInside(folder, dockerfile)
  const dockerfileName = inside ?? `.dockerfile.${randomBytes(10).toString('hex')}`

  const ownPatterns = dockerfile === null ? null : await contentOf(`${dockerfile}${IGNORE_FILE}`)
  const sharedPatterns = await contentOf(join(folder, IGNORE_FILE))
  const content = ownPatterns ?? sharedPatterns
  const replaced = new Map<string, Buffer>()
  const patterns = readIgnorePatterns((content ?? '').toString(), [
    IGNORE_FILE,
    ...(inside === null ? [] : [inside]),
  ])
  if (dockerfile !== null && inside === null) {
    replaced.set(dockerfileName, await readDockerfile(dockerfile))
  }
  const sent = sentIgnoreFile({ ownPatterns, sharedPatterns, inside, dockerfileName })
  if (dockerfile !== null && sent !== null) replaced.set(IGNORE_FILE, Buffer.from(sent))
  return {
    folder,
    dockerfile,
    dockerfileName,
    ignoreFile: ownPatterns
      ? `${dockerfile}${IGNORE_FILE}`
      : sharedPatterns && join(folder, IGNORE_FILE),
    patterns,
    replaced,
  }
}

/** What `.dockerignore` has to say so that the engine takes the right files out; null: what it says. */
function sentIgnoreFile({
  ownPatterns,
  sharedPatterns,
  inside,
  dockerfileName,
}: {
  ownPatterns: Buffer | null
  sharedPatterns: Buffer | null
  inside: string | null
  dockerfileName: string
}): string | null {
  const outside = inside === null ? [dockerfileName] : []
  const keepsShared =
    sharedPatterns !== null &&
    (ownPatterns === null || !readIgnorePatterns(ownPatterns.toString(), []).ignores(IGNORE_FILE))
  if (keepsShared) {
    return inside === null ? [sharedPatterns.toString(), ...outside, ''].join('\n') : null
  }
  if (ownPatterns === null && inside !== null) return null
  return [ownPatterns?.toString() ?? '', IGNORE_FILE, ...outside, ''].join('\n')
}

async function existingFolder(path: string): Promise<string> {
  const folder = await realpath(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error
    throw new Failure('not-found', say`There is no folder "${path}" on this machine.`, {
      hint: say`Check the path.`,
    })
  })
  if ((await stat(folder)).isDirectory()) return folder
  throw new Failure('invalid-input', say`"${path}" is not a folder.`, {
    hint: say`Give the folder that the Dockerfile copies from.`,
  })
}

/** Without links on the way to it. A file called `dockerfile` counts where there is no `Dockerfile`. */
async function findDockerfile(folder: string, path: string): Promise<string | null> {
  const asked = isAbsolute(path) ? path : join(folder, path)
  const names = basename(asked) === 'Dockerfile' ? ['Dockerfile', 'dockerfile'] : [basename(asked)]
  for (const name of names) {
    try {
      const file = await realpath(join(dirname(asked), name))
      if ((await stat(file)).isFile()) return file
    } catch (error) {
      if (!isMissing(error)) throw unreadable(asked, error)
    }
  }
  return null
}

/** With `/`; null for what lies outside. */
function pathInside(folder: string, file: string): string | null {
  const path = relative(folder, file)
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
    ? null
    : path.replaceAll(sep, '/')
}

async function contentOf(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (isMissing(error)) return null
    throw unreadable(file, error)
  }
}

/** The Dockerfile's bytes. */
export function readDockerfile(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw unreadable(file, error)
  })
}

/** What keeps a file from being sent, by its name. */
export function unreadable(file: string, cause: unknown): Failure {
  return new Failure('permission-denied', say`"${file}" cannot be read.`, {
    hint: say`Allow it to be read, or name it in .dockerignore.`,
    engineMessage: cause instanceof Error ? cause.message : String(cause),
    cause,
  })
}
