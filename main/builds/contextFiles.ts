import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Stats } from 'node:fs'
import { unreadable, type Context } from './context'

/** One thing that a context holds. `path` is relative to it, with `/`. */
export type ContextFile =
  | { kind: 'file'; path: string; source: string; stats: Stats }
  | { kind: 'folder' | 'fifo'; path: string; stats: Stats }
  | { kind: 'link'; path: string; stats: Stats; target: string }
  /** Bytes that stand for a file of the folder, or go beside them. */
  | { kind: 'replaced'; path: string; content: Buffer }

/** What is met beside that. */
export interface Notices {
  /** Kept out by a pattern: a file, or a folder with all that is in it. */
  ignored?(path: string): void
  /** A socket or a device, which docker would not send or nobody could use. */
  skipped?(path: string): void
  /** A folder that may not be looked into; without this it ends the walk. */
  unreadable?(path: string): void
}

/**
 * What goes to the engine, folders before what is in them, names in byte order. Links are given as
 * links and never followed; an ignored folder is not looked into unless an exception may be in it.
 *
 * @throws Failure `permission-denied` for a folder that may not be read, the signal's reason
 */
export async function* contextFiles(
  context: Context,
  signal: AbortSignal,
  notices: Notices = {},
): AsyncGenerator<ContextFile, void, void> {
  for (const [path, content] of context.replaced) yield { kind: 'replaced', path, content }
  yield* folderFiles(context, '', signal, notices)
}

async function* folderFiles(
  context: Context,
  folder: string,
  signal: AbortSignal,
  notices: Notices,
): AsyncGenerator<ContextFile, void, void> {
  for (const name of await namesIn(context.folder, folder, notices)) {
    signal.throwIfAborted()
    const path = folder === '' ? name : `${folder}/${name}`
    if (context.replaced.has(path)) continue
    const source = join(context.folder, path)
    const stats = await lstat(source)
    const ignored = context.patterns.ignores(path)
    if (ignored) {
      if (!stats.isDirectory() || !context.patterns.mayHoldExceptions(path)) {
        notices.ignored?.(path)
        continue
      }
    } else if (stats.isFile()) yield { kind: 'file', path, source, stats }
    else if (stats.isSymbolicLink()) {
      yield { kind: 'link', path, stats, target: await readlink(source) }
    } else if (stats.isDirectory()) yield { kind: 'folder', path, stats }
    else if (stats.isFIFO()) yield { kind: 'fifo', path, stats }
    else notices.skipped?.(path)
    if (stats.isDirectory()) yield* folderFiles(context, path, signal, notices)
  }
}

async function namesIn(root: string, folder: string, notices: Notices): Promise<string[]> {
  try {
    return (await readdir(join(root, folder))).sort()
  } catch (error) {
    if (!notices.unreadable) throw unreadable(join(root, folder), error)
    notices.unreadable(folder)
    return []
  }
}
