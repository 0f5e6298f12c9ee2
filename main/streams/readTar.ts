import { pipeline } from 'node:stream/promises'
import { extract, type ExtractEvents, type Header } from 'tar-stream'
import { Failure } from '../errors'

/** Does something with an entry, whose stream it reads to its end: as a promise, or by listeners. */
export type EachEntry = (
  header: Header,
  stream: ExtractEvents['entry'][1],
) => Promise<void> | undefined

/**
 * Reads a tar from end to end with the memory of one chunk. Names, links and types are data: nothing is
 * done with them here. What stands between two entries (long names, extended headers) is held in memory;
 * tar-stream refuses more than 4 MiB of it, and sizes that are none.
 *
 * @param damaged what to throw for what is cut off, or claims headers that are no headers
 * @throws Failure of `each` or of the content as they are
 */
export async function readTar(
  content: AsyncIterable<Buffer>,
  each: EachEntry,
  damaged: (error: unknown) => Failure,
  signal: AbortSignal,
): Promise<void> {
  const tar = extract()
  const failures: Failure[] = []
  tar.on('entry', (header, stream, next) => {
    // The reading itself fails too, and tells.
    stream.on('error', () => undefined)
    const goOn = (error?: unknown) => {
      if (error instanceof Failure) failures.push(error)
      next(error === undefined ? null : asError(error))
    }
    try {
      const reading = each(header, stream)
      if (reading === undefined) stream.once('end', () => goOn())
      else reading.then(() => goOn(), goOn)
    } catch (error) {
      goOn(error)
    }
  })
  try {
    await pipeline(
      content,
      // streamx's, which keeps the contract of Node's.
      tar as unknown as NodeJS.WritableStream,
      { signal },
    )
  } catch (error) {
    if (signal.aborted) throw error
    throw failures[0] ?? (error instanceof Failure ? error : damaged(error))
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
