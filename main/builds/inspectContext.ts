import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildContext, ContextFacts, ContextMessage } from '../../preload/contract/builds'
import { openContext, readDockerfile } from './context'
import { contextFiles } from './contextFiles'
import { dockerfileFacts } from './dockerfile'

/** Between two messages while it counts, milliseconds. */
const tellMillis = 100
const LARGEST_FILES = 8
/** Names of one sort that are told; more say nothing more. */
const MOST_NAMES = 20

/**
 * Counts what a build would send; nothing is read of the files themselves.
 *
 * @throws Failure for a folder that is not there
 */
export async function* inspectContext(
  asked: BuildContext,
  signal: AbortSignal,
): AsyncGenerator<ContextMessage, void, void> {
  const context = await openContext(asked)
  const facts: ContextFacts = {
    files: 0,
    bytes: 0,
    ignored: 0,
    largest: [],
    dockerfile:
      context.dockerfile === null
        ? null
        : dockerfileFacts((await readDockerfile(context.dockerfile)).toString()),
    ignoreFile: context.ignoreFile,
    skipped: [],
    unreadable: [],
  }
  const note = (names: string[], name: string) => {
    if (names.length < MOST_NAMES) names.push(name)
  }
  const notices = {
    ignored: () => facts.ignored++,
    skipped: (path: string) => note(facts.skipped, path),
    unreadable: (path: string) => note(facts.unreadable, path),
  }
  let toldAt = Date.now()
  for await (const file of contextFiles(context, signal, notices)) {
    if (file.kind === 'folder') continue
    facts.files++
    if (file.kind === 'file') {
      facts.bytes += file.stats.size
      noteLargest(facts.largest, { path: file.path, bytes: file.stats.size })
      const readable = await mayRead(join(context.folder, file.path))
      if (!readable) note(facts.unreadable, file.path)
    } else if (file.kind === 'replaced') facts.bytes += file.content.length
    if (Date.now() - toldAt < tellMillis) continue
    toldAt = Date.now()
    yield { kind: 'counting', files: facts.files, bytes: facts.bytes }
  }
  yield { kind: 'counted', context: facts }
}

/** The bytes of files that a context sends. */
export async function contextBytes(
  context: Parameters<typeof contextFiles>[0],
  signal: AbortSignal,
): Promise<number> {
  let bytes = 0
  for await (const file of contextFiles(context, signal)) {
    if (file.kind === 'file') bytes += file.stats.size
  }
  return bytes
}

function noteLargest(
  largest: ContextFacts['largest'],
  file: { path: string; bytes: number },
): void {
  const place = largest.findIndex(({ bytes }) => bytes < file.bytes)
  if (place === -1) largest.push(file)
  else largest.splice(place, 0, file)
  if (largest.length > LARGEST_FILES) largest.pop()
}

function mayRead(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  )
}
