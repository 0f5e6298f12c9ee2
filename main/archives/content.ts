import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Compression } from '../../preload/contract/archives'
import { say } from '../../preload/contract/say'
import { findCommand } from '../engines/findCommand'
import { Failure } from '../errors'

/** What a file of each compression begins with. */
const signatures: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
]
/** How many bytes tell the compression. */
export const SIGNATURE_BYTES = 6

export function compressionOf(beginning: Uint8Array): Compression {
  const fits = (bytes: readonly number[]) => bytes.every((byte, at) => beginning[at] === byte)
  return signatures.find(([, bytes]) => fits(bytes))?.[0] ?? 'none'
}

/**
 * Unpacks a file as it is read. Ending the iteration ends the reading.
 *
 * @throws Failure (`invalid-input`) where the data is damaged or cut off, or nothing here unpacks it
 */
export async function* unpack(
  raw: AsyncIterable<Buffer>,
  compression: Compression,
): AsyncGenerator<Buffer, void, void> {
  if (compression === 'none') yield* raw
  else if (compression === 'gzip') yield* byZlib(raw)
  else yield* byCommand(raw, compression)
}

async function* byZlib(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const gunzip = createGunzip()
  const whole = pipeline(raw, gunzip)
  // Told by the iteration too; this one only must not be unhandled.
  whole.catch(() => undefined)
  try {
    yield* chunksOf(gunzip)
  } catch (error) {
    throw damaged(error)
  }
}

/** Node has no decoder for these; engines call the same commands. */
async function* byCommand(
  raw: AsyncIterable<Buffer>,
  compression: Exclude<Compression, 'none' | 'gzip'>,
): AsyncGenerator<Buffer, void, void> {
  const command = await findCommand(compression)
  if (command === null) {
    throw new Failure('invalid-input', say`The file is compressed with ${compression}.`, {
      hint: say`Install ${compression}, or unpack the file first.`,
    })
  }
  const unpacker = spawn(command, ['--decompress', '--stdout'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const ended = once(unpacker, 'close') as Promise<[number | null]>
  const fed = pipeline(raw, unpacker.stdin)
  // A command that ends early tells why by its exit code; the pipe only says that nobody reads.
  fed.catch(() => undefined)
  try {
    yield* chunksOf(unpacker.stdout)
    const [code] = await ended
    if (code !== 0) throw damaged(new Error(`${compression} ended with ${code}`))
  } finally {
    ended.catch(() => undefined)
    unpacker.kill()
  }
}

async function* chunksOf(stream: Readable): AsyncGenerator<Buffer, void, void> {
  yield* stream as AsyncIterable<Buffer>
}

function damaged(error: unknown): Failure {
  return new Failure('invalid-input', say`The file is damaged or cut off.`, {
    ...(error instanceof Error && { engineMessage: error.message }),
    hint: say`Copy or save it again.`,
    cause: error,
  })
}
