import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { FilesTarget, FolderListing, UploadRequest } from '../preload/contract/files'
import { engineCli, type EngineFacts } from './bed'
import type { Client } from './client'

/** A volume of its own, removed after the test. */
export async function newVolume(engine: EngineFacts): Promise<string> {
  const name = `files-${randomUUID().slice(0, 8)}`
  const cli = engineCli(engine)
  await cli(['volume', 'create', name])
  onTestFinished(async () => {
    await cli(['volume', 'rm', '--force', name])
  })
  return name
}

/** What is asked of one target's files. */
export function filesOf({ api }: Client, target: FilesTarget) {
  async function list(path: string, options: { fresh?: boolean; patient?: boolean } = {}) {
    let folder: FolderListing | null = null
    for await (const message of await api.files.list({ target, path, ...options })) {
      if (message.kind === 'read') folder = message.folder
    }
    if (folder === null) throw new Error('The folder was not read to its end.')
    return folder
  }

  /** By name. */
  async function entries(path: string) {
    const { entries: all } = await list(path, { fresh: true })
    return Object.fromEntries(all.map((entry) => [entry.name, entry]))
  }

  async function text(path: string): Promise<string | null> {
    const { content } = await api.files.preview({ target, path })
    return content.kind === 'text' ? content.text : null
  }

  /** Sends files as a page does: the pieces in order, then the end is waited for. */
  async function upload(
    folder: string,
    files: Record<string, string | Buffer>,
    options: Partial<UploadRequest> = {},
    pieceBytes = 100_000,
  ): Promise<void> {
    const contents = Object.entries(files).map(([path, content]) => ({
      path,
      content: Buffer.from(content),
    }))
    const stream = await api.files.upload({
      target,
      folder,
      items: contents.map(({ path, content }) => ({
        kind: 'file' as const,
        path,
        sizeBytes: content.length,
        modifiedAt: 1_600_000_000_000,
      })),
      replace: false,
      owner: null,
      ...options,
    })
    const all = Buffer.concat(contents.map(({ content }) => content))
    let sending: Promise<void> | null = null
    const send = async (uploadId: string) => {
      for (let at = 0; at < all.length; at += pieceBytes) {
        const piece = all.subarray(at, at + pieceBytes)
        await api.files.uploadPiece({ uploadId, base64: piece.toString('base64') })
      }
    }
    for await (const message of stream) {
      if (message.kind === 'sending' && message.uploadId !== null) {
        sending ??= send(message.uploadId)
        // Of what ends early the stream tells why.
        sending.catch(() => undefined)
      }
    }
    await sending
  }

  return { list, entries, text, upload }
}
