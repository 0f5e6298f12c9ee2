import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { BuildForm } from '../preload/contract/builds'

/** A folder with these files (by path, their content), removed after the test. */
export async function buildFolder(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'longshore-context-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

/** The plainest build of a folder. */
export function buildForm(folder: string, rest: Partial<BuildForm> = {}): BuildForm {
  return {
    folder,
    dockerfile: 'Dockerfile',
    target: null,
    arguments: [],
    platform: null,
    tags: [],
    noCache: false,
    pull: false,
    ...rest,
  }
}
