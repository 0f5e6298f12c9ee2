import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pack, type Header } from 'tar-stream'
import { onTestFinished } from 'vitest'
import type { ArchiveFacts } from '../../../preload/contract/archives'
import { inspectArchive } from '../../../main/archives/inspect'

export type Entry = Partial<Header> & { name: string; content?: string | Uint8Array }

/** A tar of these entries, in this order; names are taken as they are. */
export async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack()
  for (const { content, ...header } of entries) {
    if (content === undefined) tar.entry(header)
    else tar.entry(header, content)
  }
  tar.finalize()
  return buffer(tar)
}

/** A folder that is removed after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-archives-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function newFile(content: Uint8Array, name = 'archive.tar'): Promise<string> {
  const file = join(newFolder(), name)
  await writeFile(file, content)
  return file
}

/** What a file holds. */
export async function inspect(file: string): Promise<ArchiveFacts> {
  for await (const message of inspectArchive(file, new AbortController().signal)) {
    if (message.kind === 'read') return message.archive
  }
  throw new Error('The inspection ended without a word.')
}

export const configHex = 'a'.repeat(64)

/** What `docker save` writes, with two layers of which the second is a link to the first. */
export function savedImage(manifest?: unknown): Entry[] {
  return [
    { name: `${configHex}.json`, content: '{}' },
    { name: 'one/layer.tar', content: 'x'.repeat(3_000) },
    { name: 'two/layer.tar', type: 'symlink', linkname: '../one/layer.tar' },
    {
      name: 'manifest.json',
      content: JSON.stringify(
        manifest ?? [
          {
            Config: `${configHex}.json`,
            RepoTags: ['ship:1', 'ship:2'],
            Layers: ['one/layer.tar', 'two/layer.tar'],
          },
        ],
      ),
    },
  ]
}
