import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { VolumeSize } from '../../preload/contract/volumes'
import { inParallel } from '../inParallel'
import { systemCodeOf } from '../systemFiles'

/** How many folders are read at once. */
const FOLDERS = 8
/** How many files of one folder are looked at between two looks at the signal. */
const FILES = 64
/** The unit of `st_blocks`, whatever the file system's own blocks are (stat(2)). */
const BLOCK_BYTES = 512

export type Measured = Pick<VolumeSize, 'apparentBytes' | 'allocatedBytes' | 'entries'>

/**
 * Measures a folder with all below it, without the folder itself. Files with several names count once, links
 * are not followed, and what is mounted in it is another's.
 *
 * @param count told of the bytes that were found (apparent ones)
 * @throws the system's error (`EACCES`) where a part of it cannot be read; what vanishes meanwhile is passed over
 */
export async function folderSize(
  root: string,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Measured> {
  const { dev } = await lstat(root)
  const seen = new Set<string>()
  const total = { apparentBytes: 0, allocatedBytes: 0, entries: 0 }
  let folders = [root]
  const look = async (path: string, below: string[]) => {
    const stats = await lstat(path).catch(passOver)
    if (!stats || stats.dev !== dev) return
    total.entries++
    if (stats.isDirectory()) below.push(path)
    else if (stats.nlink > 1) {
      const key = String(stats.ino)
      if (seen.has(key)) return
      seen.add(key)
    }
    const bytes = stats.isFile() ? stats.size : 0
    total.apparentBytes += bytes
    total.allocatedBytes += stats.blocks * BLOCK_BYTES
    count(bytes)
  }
  while (folders.length > 0) {
    const below: string[] = []
    await inParallel(
      folders,
      FOLDERS,
      async (folder, ended) => {
        const names = (await readdir(folder).catch(passOver)) ?? []
        for (let at = 0; at < names.length; at += FILES) {
          ended.throwIfAborted()
          const some = names.slice(at, at + FILES)
          await Promise.all(some.map((name) => look(join(folder, name), below)))
        }
      },
      signal,
    )
    folders = below
  }
  return total
}

function passOver(error: unknown): null {
  if (['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) return null
  throw error
}
