import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import type { Header } from 'tar-stream'
import { extract } from 'tar-stream'
import { say } from '../../preload/contract/say'
import { findCommand } from '../engines/findCommand'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'
import { openArchive } from '../files/archive'
import { placeOfVolume } from '../files/place'
import { withVolumeHelper } from '../files/volumeHelper'
import { localFolder } from './localFolder'

const execute = promisify(execFile)

/** A volume's files as a tar whose names begin in the volume. */
export interface VolumeContent {
  tar: Readable
  /** The engine tells no owners: all is root's in the tar. */
  ownersLost: boolean
}

/**
 * Opens a volume's files for `use`, with owners, modes, times and links. Docker's archive route tells them
 * all. Podman's says that root owns everything, so the files are read by `tar` where this user may read the
 * folder; elsewhere owners are lost, and that is told.
 */
export async function withContent<Result>(
  link: EngineLink,
  id: string,
  use: (content: VolumeContent) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const { archiveTellsOwners } = link.dialect
  const tar = archiveTellsOwners ? null : await tarOfFolder(link, id, signal)
  if (tar !== null) return using({ tar, ownersLost: false }, use)
  return withVolumeHelper(
    link,
    id,
    async (helper) => {
      const archive = await openArchive(placeOfVolume(link, id, helper), '/.', signal)
      return using({ tar: archive, ownersLost: !archiveTellsOwners }, use)
    },
    signal,
  )
}

async function using<Result>(
  content: VolumeContent,
  use: (content: VolumeContent) => Promise<Result>,
): Promise<Result> {
  try {
    return await use(content)
  } finally {
    content.tar.destroy()
  }
}

/**
 * The folder read by GNU tar, which knows extended attributes; Node does not. Null where the folder is not
 * here, or not all of it is this user's to read: owners of a rootless engine's files are others outside of it.
 */
async function tarOfFolder(
  link: EngineLink,
  id: string,
  signal: AbortSignal,
): Promise<Readable | null> {
  if (process.getuid?.() !== 0 || link.facts.rootless) return null
  const folder = await localFolder(link, id, signal)
  const command = folder === null ? null : await findGnuTar()
  if (folder === null || command === null) return null
  return Readable.from(packed(command, folder), { objectMode: false })
}

/** Others, such as busybox's, know no extended attributes. */
async function findGnuTar(): Promise<string | null> {
  const command = await findCommand('tar')
  if (command === null) return null
  try {
    const { stdout } = await execute(command, ['--version'], { timeout: 5_000 })
    return stdout.includes('GNU tar') ? command : null
  } catch {
    return null
  }
}

async function* packed(command: string, folder: string): AsyncGenerator<Buffer, void, void> {
  const packer = spawn(
    command,
    [
      ...['--create', '--file=-', '--format=pax', '--numeric-owner', '--xattrs', '--acls'],
      ...['--one-file-system', '--warning=no-file-ignored', `--directory=${folder}`, '.'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
  )
  const ended = once(packer, 'close') as Promise<[number | null]>
  ended.catch(() => undefined)
  let said = ''
  packer.stderr.setEncoding('utf8')
  packer.stderr.on('data', (text: string) => (said = (said + text).slice(-2_000)))
  try {
    yield* packer.stdout as AsyncIterable<Buffer>
    const [code] = await ended
    // 1: files changed or vanished while they were read, which is told beforehand.
    if (code !== 0 && code !== 1) {
      throw new Failure('engine-error', say`Not all files of the volume could be read.`, {
        engineMessage: said.trim(),
      })
    }
  } finally {
    packer.kill()
  }
}

/** Names of the volume's own folder in a tar. */
export const isRoot = ({ name }: Header) => /^\.?\/?$/.test(name)

/** Enough for the first entry's header with the extended one before it. */
const PEEKED_BYTES = 8 * 1024

/**
 * Looks at the first entry of a tar: the volume's own folder, where it is in it.
 *
 * @returns its header, and the whole tar from its beginning
 */
export async function peekRoot(tar: Readable): Promise<{ root: Header | null; tar: Readable }> {
  const chunks = chunksOf(tar)
  const read: Buffer[] = []
  let bytes = 0
  while (bytes < PEEKED_BYTES) {
    const next = await chunks.next()
    if (next.done) break
    read.push(next.value)
    bytes += next.value.length
  }
  const first = await firstHeader(Buffer.concat(read))
  const whole = async function* () {
    yield* read
    yield* chunks
  }
  return {
    root: first && isRoot(first) ? first : null,
    tar: Readable.from(whole(), { objectMode: false }),
  }
}

async function* chunksOf(stream: Readable): AsyncGenerator<Buffer, void, void> {
  yield* stream as AsyncIterable<Buffer>
}

function firstHeader(bytes: Buffer): Promise<Header | null> {
  return new Promise((resolve) => {
    const reader = extract()
    reader.on('entry', (header) => {
      resolve(header)
      reader.destroy()
    })
    reader.on('error', () => resolve(null))
    reader.on('close', () => resolve(null))
    reader.end(bytes)
  })
}
