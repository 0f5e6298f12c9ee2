import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from '../../systemFiles'
import { readAbout, type About } from './about'
import { fileOf, inBlocks } from './containerHistory'
import { buckets, samples } from './tiers'

export const ABOUT_FILE = 'about.json'
const ringFiles = new Set([samples, ...buckets].map(fileOf))

/** What a container's folder takes on the disk, in whole blocks. */
export interface FolderSize {
  ringBytes: number
  aboutBytes: number
  /** What was set aside. */
  otherBytes: number
}

/** The ids of the containers that have a folder; a folder that is missing has none. */
export async function containersIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^[a-f0-9]{64}$/.test(name))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/**
 * What is known of a container's folder; `changedAt`: when the last of its files changed, milliseconds
 * since 1970. What a writing left that was cut off is removed. Rejects with the system's error.
 */
export async function lookInto(
  folder: string,
): Promise<{ about: About | null; size: FolderSize; changedAt: number }> {
  const about = await readAbout(join(folder, ABOUT_FILE))
  const size = { ringBytes: 0, aboutBytes: 0, otherBytes: 0 }
  let changedAt = 0
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (name.endsWith('.tmp')) {
      await rm(path, { force: true })
      continue
    }
    const { size: bytes, mtimeMs } = await stat(path)
    size[kindOf(name)] += inBlocks(bytes)
    changedAt = Math.max(changedAt, mtimeMs)
  }
  return { about, size, changedAt }
}

function kindOf(name: string): keyof FolderSize {
  if (name === ABOUT_FILE) return 'aboutBytes'
  return ringFiles.has(name) ? 'ringBytes' : 'otherBytes'
}
