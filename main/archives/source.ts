import { constants, open, type FileHandle } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { Compression } from '../../preload/contract/archives'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { compressionOf, SIGNATURE_BYTES, unpack } from './content'
import { asFileFailure } from './fileFailure'

/** A file that is read, the same one however often it is. */
export interface Source {
  /** Of the file. */
  bytes: number
  compression: Compression
  /**
   * Everything in it, unpacked, from the beginning.
   *
   * @param count told of the file's own bytes as they are read
   * @throws Failure where it is damaged or cut off
   */
  content(count: (bytes: number) => void): AsyncGenerator<Buffer, void, void>
  /** @throws Failure (`conflict`) where it has changed since it was opened */
  checkUnchanged(): Promise<void>
  close(): Promise<void>
}

/** @throws Failure for a path that is not absolute, is no ordinary file or cannot be read */
export async function openSource(file: string): Promise<Source> {
  if (!isAbsolute(file) || file.includes('\0')) {
    throw new Failure('invalid-input', say`The path must be absolute.`)
  }
  const handle = await openFile(file)
  try {
    const { size, mtimeMs } = await sizeOf(handle, file)
    const { buffer } = await handle.read(Buffer.alloc(SIGNATURE_BYTES), 0, SIGNATURE_BYTES, 0)
    const compression = compressionOf(buffer)
    return {
      bytes: size,
      compression,
      content: (count) => unpack(bytesOf(handle, size, count), compression),
      async checkUnchanged() {
        const now = await handle.stat()
        if (now.size === size && now.mtimeMs === mtimeMs) return
        throw new Failure('conflict', say`"${file}" changed while it was read.`, {
          hint: say`Try again when it is written to the end.`,
        })
      },
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw asFileFailure(error, file)
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    // A pipe would keep the opening waiting for somebody who writes.
    return await open(file, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    throw asFileFailure(error, file)
  }
}

async function sizeOf(handle: FileHandle, file: string) {
  const stats = await handle.stat()
  if (stats.isDirectory()) throw new Failure('invalid-input', say`"${file}" is a folder.`)
  if (!stats.isFile()) throw new Failure('invalid-input', say`"${file}" is no ordinary file.`)
  if (stats.size === 0) throw new Failure('invalid-input', say`"${file}" is empty.`)
  return stats
}

async function* bytesOf(
  handle: FileHandle,
  size: number,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer, void, void> {
  const raw = handle.createReadStream({ autoClose: false, start: 0, end: size - 1 })
  for await (const chunk of raw as AsyncIterable<Buffer>) {
    count(chunk.length)
    yield chunk
  }
}
